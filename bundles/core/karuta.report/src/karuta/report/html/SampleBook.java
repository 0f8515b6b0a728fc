package karuta.report.html;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.report.Comparison;
import karuta.report.Result;
import karuta.study.record.Prediction;

/**
 * The answers of a comparison as data for the browser of samples: every text once, and not more answers than a page can hold.
 * If there are more, some runs (the first seed of every arm stays) and then some questions, evenly over a task, are left out.
 */
final class SampleBook {

    private static final int RUNS = 60;
    private static final int FEWEST = 4;
    private static final double ROUND = 1e4;

    private final List<Result> runs;
    private final int perTask;
    private final Thumbnails thumbnails;
    private final Table texts = new Table();
    private final Map<String, Integer> cards = new LinkedHashMap<>();
    private final JsonArray cardNames = new JsonArray();
    private final Map<String, List<String>> asked = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final JsonArray questions = new JsonArray();
    private final int allRuns;
    private int allQuestions;

    /** Texts by number. */
    private static final class Table {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();

        private int of(String text) {
            return numbers.computeIfAbsent(text, any -> numbers.size());
        }

        private JsonArray json() {
            var json = new JsonArray();
            numbers.keySet().forEach(json::add);
            return json;
        }
    }

    /**
     * @param most answers to hold
     * @param thumbnails the images
     */
    SampleBook(Comparison comparison, int most, Thumbnails thumbnails) {
        this.thumbnails = thumbnails;
        var evaluated = comparison.results().stream()
                .filter(result -> result.lastStage() >= 0)
                .toList();
        allRuns = evaluated.size();
        runs = chosen(evaluated);
        var rows = runs.stream()
                .mapToInt(result -> (1 + result.lastStage())
                        * (result.run().getTasks().size()
                                + result.run().getWatched().size()))
                .sum();
        perTask = Math.max(FEWEST, most / Math.max(1, rows));
    }

    /** Of every arm its first runs, one after the other. */
    private static List<Result> chosen(List<Result> all) {
        var rank = new LinkedHashMap<String, Integer>();
        record Ranked(int rank, Result result) {}
        return all.stream()
                .map(result -> new Ranked(rank.merge(result.arm(), 1, Integer::sum), result))
                .sorted((a, b) -> Integer.compare(a.rank(), b.rank()))
                .limit(RUNS)
                .map(Ranked::result)
                .toList();
    }

    /** All of it; what is less than in JavaScript is written with escapes, so that it can stand in a page. */
    String json() {
        var answers = new JsonArray();
        runs.forEach(this::ask);
        runs.forEach(run -> answers.add(answers(run)));
        var json = new JsonObject();
        json.add("runs", describe());
        json.add("questions", questions);
        json.add("answers", answers);
        json.add("texts", texts.json());
        json.add("cards", cardNames);
        var images = new JsonArray();
        thumbnails.all().forEach(images::add);
        json.add("images", images);
        return new Gson().toJson(json); // its default writes < > & = ' as \u003c and so on
    }

    /** What is not in it, in sentences; to be asked after {@link #json()}. */
    List<String> leftOut() {
        var said = new ArrayList<String>();
        if (runs.size() < allRuns) {
            said.add("Answers of " + runs.size() + " of " + allRuns
                    + " runs are shown, the first of every arm among them.");
        }
        if (numbers.size() < allQuestions) {
            said.add(numbers.size() + " of " + allQuestions + " questions are shown, evenly taken from every task.");
        }
        if (thumbnails.leftOut() > 0) {
            said.add(thumbnails.leftOut() + " images are left out, as the page would become too large.");
        }
        return said;
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** Notes the questions of a run that are not known yet: all of a task are read before some of them are taken. */
    private void ask(Result result) {
        var found = new LinkedHashMap<String, Map<String, Prediction>>();
        result.folder().forEachPrediction(prediction -> {
            if (!asked.containsKey(prediction.task())) {
                found.computeIfAbsent(prediction.task(), task -> new LinkedHashMap<>())
                        .putIfAbsent(prediction.id(), prediction);
            }
        });
        found.forEach((task, samples) -> {
            var all = List.copyOf(samples.values());
            allQuestions += all.size();
            var taken = Math.min(perTask, all.size());
            var ids = new ArrayList<String>();
            for (var i = 0; i < taken; i++) {
                var sample = all.get((int) ((long) i * all.size() / taken));
                numbers.put(key(sample), numbers.size());
                questions.add(question(sample));
                ids.add(sample.id());
            }
            asked.put(task, ids);
        });
    }

    private static String key(Prediction prediction) {
        return prediction.task() + "\n" + prediction.id();
    }

    private JsonArray question(Prediction sample) {
        var json = new JsonArray();
        json.add(texts.of(sample.task()));
        json.add(texts.of(sample.id()));
        json.add(texts.of(sample.prompt()));
        var references = new JsonArray();
        sample.answers().forEach(reference -> references.add(texts.of(reference)));
        json.add(references);
        json.add(thumbnails.of(sample.task(), sample.id()));
        return json;
    }

    /** A list per stage of four columns: what was said, what was read out of it, the score, the cards with their scores. */
    private JsonArray answers(Result result) {
        var stages = new ArrayList<Prediction[]>();
        IntStream.rangeClosed(0, result.lastStage()).forEach(stage -> stages.add(new Prediction[numbers.size()]));
        result.folder().forEachPrediction(prediction -> {
            var number = numbers.get(key(prediction));
            if (number != null && prediction.stage() < stages.size()) {
                stages.get(prediction.stage())[number] = prediction;
            }
        });
        var json = new JsonArray();
        stages.forEach(stage -> json.add(columns(stage)));
        return json;
    }

    private JsonArray columns(Prediction[] stage) {
        var said = new JsonArray();
        var parsed = new JsonArray();
        var scores = new JsonArray();
        var taken = new JsonArray();
        for (var prediction : stage) {
            if (prediction == null) {
                said.add(-1);
                parsed.add(-1);
                scores.add(0);
                taken.add(0);
            } else {
                said.add(texts.of(prediction.text()));
                parsed.add(prediction.parsed().equals(prediction.text()) ? -1 : texts.of(prediction.parsed()));
                scores.add(number(prediction.score()));
                if (prediction.selected().isEmpty()) {
                    taken.add(0);
                } else {
                    taken.add(cards(prediction));
                }
            }
        }
        var json = new JsonArray();
        List.of(said, parsed, scores, taken).forEach(json::add);
        return json;
    }

    private JsonArray cards(Prediction prediction) {
        var json = new JsonArray();
        for (var card : prediction.selected()) {
            json.add(cards.computeIfAbsent(card.card() + "\n" + card.task().orElse(""), key -> {
                var name = new JsonArray();
                name.add(card.card());
                name.add(card.task().orElse(""));
                cardNames.add(name);
                return cards.size();
            }));
            card.score().stream()
                    .filter(Double::isFinite)
                    .mapToObj(SampleBook::number)
                    .findFirst()
                    .ifPresentOrElse(json::add, () -> json.add((Number) null));
        }
        return json;
    }

    private static Number number(double value) {
        var rounded = Math.round(value * ROUND) / ROUND;
        return rounded == Math.rint(rounded) ? (Number) (long) rounded : (Number) rounded;
    }

    private JsonArray describe() {
        var json = new JsonArray();
        var orders =
                runs.stream().map(result -> result.run().getOrder()).distinct().count();
        for (var result : runs) {
            var run = result.run();
            var described = new JsonObject();
            described.addProperty(
                    "name",
                    result.arm() + (run.getArm().isAnalysis() ? " [analysis]" : "") + ", seed " + run.getSeed()
                            + (orders > 1 ? ", order " + run.getOrder() : ""));
            var stages = new JsonArray();
            result.matrix()
                    .orElseThrow()
                    .rows()
                    .forEach(row -> stages.add(
                            row.trained().isEmpty()
                                    ? "before training"
                                    : "after " + String.join(" + ", row.trained())));
            described.add("stages", stages);
            var learned = new JsonObject();
            for (var i = 0; i <= result.lastStage(); i++) {
                for (var task : result.matrix().orElseThrow().rows().get(i).trained()) {
                    learned.addProperty(task, i);
                }
            }
            described.add("learned", learned);
            json.add(described);
        }
        return json;
    }
}
