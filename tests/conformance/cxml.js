// For each list of [name, Conference attributes, Dial attributes] on standard input: the document that the official
// builder makes of it.
const { RestClient } = require('@signalwire/compatibility-api');
const VoiceResponse = RestClient.LaML.VoiceResponse;
const conferences = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(conferences.map(([name, conference, dial]) => {
  const response = new VoiceResponse();
  response.dial(dial).conference(conference, name);
  return response.toString();
})));
