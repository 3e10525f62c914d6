// For each document on standard input: {error, xml}, what the official builder makes of it, or says of it. A document is
// a list of [element, attributes, text, elements inside].
const { Response } = require('plivo');
const METHODS = { 'say-as': 'SayAs' };
function add(parent, elements) {
  for (const [name, attributes, text, inner] of elements) {
    const method = `add${METHODS[name] || name[0].toUpperCase() + name.slice(1)}`;
    const takesText = parent[method].length > 1 || ['P', 'S'].includes(method.slice(3));
    add(takesText ? parent[method](text, attributes) : parent[method](attributes), inner);
  }
}
const documents = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(documents.map((elements) => {
  const response = new Response();
  try {
    add(response, elements);
  } catch (error) {
    return { error: String(error), xml: '' };
  }
  return { error: '', xml: response.toXML() };
})));
