// Given {package, documents} on standard input: the documents that the package's builder makes. A document is a list of
// calls, a call is [method, attributes, text, calls on what it gives], the last two where there are any.
const { package: from, documents } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const { RestClient, twiml } = require(from);
const { VoiceResponse } = twiml ?? RestClient.LaML;
function call(builder, calls) {
  for (const [method, attributes, ...more] of calls) {
    const inner = Array.isArray(more[more.length - 1]) ? more.pop() : [];
    const name = method in builder ? method : method.replace('_', ''); // break_ is break in newer packages
    call(builder[name](attributes, ...more), inner);
  }
}
console.log(JSON.stringify(documents.map((calls) => {
  const response = new VoiceResponse();
  call(response, calls);
  return response.toString();
})));
