// Checks the signature of a URL with all parameters by the official SDK: `node verify.js URL SECRET`.
const [url, secret] = process.argv.slice(2);
const verifier = require('ali-topsdk/lib/spiUtil.js');
const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
console.log(verifier.checkSignForSpi(url, '', headers, secret));
