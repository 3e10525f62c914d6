// For each app on standard input: what the server's own validator and the official schema say, [] where they accept it.
const { validate: serverValidate } = require('@jambonz/verb-specifications');
const { validate, validateApp } = require('@jambonz/schema');
const log = { info() {}, debug() {}, error() {}, warn() {} };
const apps = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const copy = (app) => JSON.parse(JSON.stringify(app)); // the validators may change their input
const results = apps.map((app) => {
  const errors = [];
  for (const check of [serverValidate, validate]) {
    try {
      check(log, copy(app));
    } catch (error) {
      errors.push(String(error));
    }
  }
  const { valid, errors: found } = validateApp(copy(app));
  return valid ? errors : errors.concat(JSON.stringify(found));
});
console.log(JSON.stringify(results));
