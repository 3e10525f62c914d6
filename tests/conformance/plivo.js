// For each list of [name, attributes] on standard input: what the official builder says of it, "" where it accepts it.
// With the argument "emit": the documents that the builder makes.
const { Response } = require('plivo');
const conferences = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const results = conferences.map(([name, attributes]) => {
  const response = new Response();
  try {
    response.addConference(name, attributes);
  } catch (error) {
    return { error: String(error), xml: '' };
  }
  return { error: '', xml: response.toXML() };
});
console.log(JSON.stringify(results));
