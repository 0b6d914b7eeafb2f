// Calls a gateway with two public SDKs for Node: `node calls.js URL KEY SECRET METHOD JSON`. Prints a line for each.
const [url, key, secret, method, json] = process.argv.slice(2);
const { ApiClient } = require('ali-topsdk');
const TopClient = require('topsdk');

const say = (name, outcome) => console.log(`${name}: ${outcome}`);
const code = (error) => `error ${error.code}`;

function official() {
  const client = new ApiClient({ appkey: key, appsecret: secret, url });
  return new Promise((resolve) => {
    client.execute(method, { param_customer_save_open_req: JSON.parse(json) }, (error) => {
      resolve(say('ali-topsdk', error ? code(error) : 'success'));
    });
  });
}

async function other(name, value) {
  const client = new TopClient(key, secret, url, { useValidators: false });
  const outcome = client.execute(method, { param_customer_save_open_req: value });
  say(name, await outcome.then(() => 'success', code));
}

// The SDK signs an object as `[object Object]`, but sends it as JSON.
official().then(() => other('topsdk', json)).then(() => other('topsdk with an object', JSON.parse(json)));
