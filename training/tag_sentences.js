// Tags sentences, one a line of standard input: JSON rows of [token, part of speech, lemma] on standard output.
const readline = require("readline");
const winkNLP = require("wink-nlp");
const nlp = winkNLP(require("wink-eng-lite-web-model"), ["pos"]);
const its = nlp.its;

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const tokens = nlp.readDoc(line).tokens();
  const [texts, tags, lemmas] = [tokens.out(), tokens.out(its.pos), tokens.out(its.lemma)];
  process.stdout.write(JSON.stringify(texts.map((text, i) => [text, tags[i], lemmas[i]])) + "\n");
});
