package karuta.bench.score.caption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Scorer;
import karuta.bench.score.rule.PythonText;

/**
 * The two Java programs in the Python package pycocoevalcap (salaniz/pycocoevalcap), which are run as it runs them:
 * Stanford's tokeniser 3.4.1 (GPL) and METEOR 1.5 (LGPL). They are not Karuta's and do not come with it; who wants the
 * published numbers says where they are.
 *
 * @param folder of the package
 */
record CocoCaption(Path folder) {

    /** The environment variable that names the folder of the package, or the one above it. */
    static final String VARIABLE = "KARUTA_COCO_CAPTION";

    private static final String PACKAGE = "pycocoevalcap";
    private static final String TOKENIZER = "tokenizer/stanford-corenlp-3.4.1.jar";
    private static final String METEOR = "meteor/meteor-1.5.jar";
    private static final String PARAPHRASES = "meteor/data/paraphrase-en.gz";

    /** What the tokens need. */
    static final List<String> FOR_TOKENS = List.of(TOKENIZER);

    /** What everything needs. */
    static final List<String> FOR_ALL = List.of(TOKENIZER, METEOR, PARAPHRASES);

    private static final String BAR = " ||| ";

    /** METEOR reads 60 MB of paraphrases before its first answer, which takes half a minute on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Not in effect: brackets, which are in lower case by then, and stay. */
    private static final Set<String> DROPPED = Set.of(
            "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-", "--", "...", ";");

    /**
     * The package that the environment names.
     *
     * @param rule that needs it
     * @param files what the rule needs of it
     * @throws KarutaException if it names none, or if something lacks in it
     */
    static CocoCaption find(String rule, List<String> files, Map<String, String> environment) {
        var named = environment.get(VARIABLE);
        if (named == null || named.isBlank()) {
            throw missing(rule, VARIABLE + " is not set");
        }
        var folder = Path.of(named);
        var found = new CocoCaption(Files.isDirectory(folder.resolve(PACKAGE)) ? folder.resolve(PACKAGE) : folder);
        files.stream()
                .filter(file -> !Files.isRegularFile(found.folder.resolve(file)))
                .findFirst()
                .ifPresent(file -> {
                    throw missing(rule, VARIABLE + " is " + named + ", where there is no " + file);
                });
        return found;
    }

    private static KarutaException missing(String rule, String what) {
        return new KarutaException(
                "The scorer \"" + rule
                        + "\" runs Java programs that do not come with Karuta (Stanford's tokeniser 3.4.1,"
                        + " METEOR 1.5), and " + what + ".",
                "They are in a Python package: `pip install --no-deps --target coco pycocoevalcap`, then set "
                        + VARIABLE
                        + "=coco/pycocoevalcap. The scorer caption.split needs neither, and gives other numbers.");
    }

    /** Answers and references as tokens; each kind in one go, since what follows a full stop can change the token. */
    List<CaptionText> texts(List<Scorer.Response> responses) {
        var said =
                tokens(responses.stream().map(Scorer.Response::answer).toList()).iterator();
        var expected = tokens(responses.stream()
                        .flatMap(response -> response.sample().references().stream())
                        .toList())
                .iterator();
        return responses.stream()
                .map(response -> new CaptionText(
                        said.next(),
                        response.sample().references().stream()
                                .map(reference -> expected.next())
                                .toList()))
                .toList();
    }

    /**
     * The tokens of texts, between single spaces. A line end is a space. Other characters that end a line for Java, such as
     * a carriage return, shift what follows by one text, as in the published code.
     */
    private List<String> tokens(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        var lines = texts.stream().map(text -> text.replace("\n", " ")).collect(Collectors.joining("\n"));
        try (var program = new ForeignProgram("Stanford's tokeniser", PATIENCE)) {
            var input = Files.writeString(program.file("input"), lines);
            var output = program.run(List.of(
                    java(),
                    "-cp",
                    folder.resolve(TOKENIZER).toAbsolutePath().toString(),
                    "edu.stanford.nlp.process.PTBTokenizer",
                    "-preserveLines",
                    "-lowerCase",
                    input.toString()));
            var tokens = List.of(output.split("\n", -1));
            if (tokens.size() < texts.size()) {
                throw new KarutaException(
                        "Stanford's tokeniser gave " + tokens.size() + " lines for " + texts.size() + " captions.",
                        "Is it version 3.4.1?");
            }
            return tokens.subList(0, texts.size()).stream()
                    .map(CocoCaption::kept)
                    .toList();
        } catch (IOException full) {
            throw new KarutaException(
                    "The captions cannot be written to a temporary file: " + full.getMessage(), "Make room.", full);
        }
    }

    private static String kept(String line) {
        return Stream.of(PythonText.stripEnd(line).split(" ", -1))
                .filter(token -> !DROPPED.contains(token))
                .collect(Collectors.joining(" "));
    }

    /** METEOR of captions whose texts are tokens. */
    Meteor meteor(List<CaptionText> captions) {
        if (captions.isEmpty()) {
            return new Meteor(Double.NaN, List.of());
        }
        var jar = folder.resolve(METEOR).toAbsolutePath();
        try (var program = new ForeignProgram("METEOR", PATIENCE)) {
            var meteor = program.open(
                    List.of(java(), "-jar", "-Xmx2G", jar.toString(), "-", "-", "-stdio", "-l", "en", "-norm"),
                    jar.getParent());
            var statistics = new ArrayList<String>();
            for (var caption : captions) {
                meteor.say(question(caption));
                statistics.add(PythonText.strip(meteor.hear()));
            }
            meteor.say(Stream.concat(Stream.of("EVAL"), statistics.stream()).collect(Collectors.joining(BAR)));
            var values = new ArrayList<Double>();
            for (var i = 0; i < captions.size(); i++) {
                values.add(meteor.hearNumber());
            }
            return new Meteor(meteor.hearNumber(), values);
        }
    }

    private static String question(CaptionText caption) {
        var said = caption.said().replace("|||", "").replace("  ", " ");
        return String.join(BAR, "SCORE", String.join(BAR, caption.references()), said);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
