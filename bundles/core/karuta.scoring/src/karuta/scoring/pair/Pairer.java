package karuta.scoring.pair;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Scorer.Response;
import karuta.scoring.file.GivenAnswer;
import karuta.scoring.pair.Pairing.Doubles;
import karuta.scoring.pair.Pairing.Missing;
import karuta.scoring.pair.Pairing.Unknown;

/**
 * Pairs answers with samples. The answers are read once for each way of pairing, and what is kept of them is bounded by the
 * samples: what was answered to each, and the prompt where it is another than the sample's.
 */
public final class Pairer {

    /** The field with the id that result files in the form of COCO have for a sample. */
    static final String IMAGE_ID = "image_id";

    private static final String PROMPT = "prompt";

    private final AnswerSource source;
    private final Gold gold;
    private final Map<Pairing, Paired> done = new EnumMap<>(Pairing.class);

    /** Of these answers, to these samples. */
    public Pairer(AnswerSource source, Gold gold) {
        this.source = source;
        this.gold = gold;
    }

    /**
     * The way that a name means for a rule; of answers without ids, the strict way goes by their order, and there must be as
     * many as samples.
     *
     * @param name of a pairing, or of the code whose pairing it shall be
     * @throws KarutaException if there is none of this name
     */
    public Pairing way(String name, String rule) {
        var way = Pairing.of(name, rule)
                .orElseThrow(() -> new KarutaException(
                        "There is no pairing \"" + name + "\".", "There are " + Pairing.names() + "."));
        return way == Pairing.ID && !source.hasIds() ? Pairing.LINE_ALL : way;
    }

    /**
     * Pairs them.
     *
     * @throws KarutaException if something does not pair that this way of pairing refuses
     */
    public Paired pair(Pairing pairing) {
        return done.computeIfAbsent(pairing, p -> p.byOrder() ? byOrder(p) : byId(p));
    }

    private Paired byId(Pairing pairing) {
        var places = new HashMap<String, Integer>();
        var samples = gold.samples();
        var numbered = samples.stream().allMatch(sample -> sample.id().matches("\\d+"));
        for (var i = 0; i < samples.size(); i++) {
            places.put(key(i, numbered), i);
        }
        var answers = new ArrayList<List<Response>>(
                samples.stream().map(s -> List.<Response>of()).toList());
        var doubles = new Tally();
        var unknown = new Tally();
        var strangers = new HashSet<String>();
        source.each(answer -> {
            var id = answer.id().orElseThrow(this::withoutIds);
            var place = places.get(id);
            if (pairing.drops(id)) {
                return;
            }
            if (place == null) {
                if (pairing.unknown() != Unknown.WRONG_ONCE || strangers.add(id)) {
                    unknown.add(id);
                }
                return;
            }
            var before = answers.get(place);
            if (!before.isEmpty()) {
                doubles.add(id);
            }
            var response = response(samples.get(place), answer);
            answers.set(
                    place,
                    before.isEmpty() || pairing.doubles() != Doubles.BOTH
                            ? List.of(response)
                            : joined(before, response));
        });
        var missing = new Tally();
        for (var i = 0; i < samples.size(); i++) {
            if (answers.get(i).isEmpty()) {
                missing.add(samples.get(i).id());
            }
        }
        return paired(pairing, answers.stream().flatMap(List::stream).toList(), missing, doubles, unknown);
    }

    /**
     * What the file calls a sample. The results of COCO name an image by its id there: a field of the sample, or else the
     * sample's own id where ids are numbers, or else its number in the task, from 1 on, as UCIT has it.
     */
    private String key(int place, boolean numbered) {
        var sample = gold.samples().get(place);
        if (!source.byImage()) {
            return sample.id();
        }
        return sample.fields().getOrDefault(IMAGE_ID, List.of()).stream()
                .findFirst()
                .orElseGet(() -> numbered ? sample.id() : Integer.toString(place + 1));
    }

    private static List<Response> joined(List<Response> before, Response response) {
        var all = new ArrayList<>(before);
        all.add(response);
        return all;
    }

    private KarutaException withoutIds() {
        return new KarutaException(
                source.name() + " does not say which sample an answer is to: it has no ids.",
                "Its order is all that there is: --pairing line-all asks for as many answers as samples, --pairing line"
                        + " for no more.");
    }

    private Paired byOrder(Pairing pairing) {
        var samples = gold.samples();
        var responses = new ArrayList<Response>();
        var unknown = new Tally();
        source.each(answer -> {
            var place = responses.size();
            if (place == samples.size()) {
                unknown.add(answer.id().orElseGet(() -> "answer " + (place + unknown.count() + 1)));
                return;
            }
            var sample = samples.get(place);
            if (!answer.references().isEmpty()
                    && sample.references().stream().noneMatch(answer.references()::contains)) {
                throw new KarutaException(
                        "Answer " + (place + 1) + " of " + source.name() + " is to a sample that expects \""
                                + answer.references().get(0) + "\", and sample " + (place + 1) + " of " + gold.name()
                                + ", " + sample.id() + ", expects \"" + sample.answer() + "\".",
                        "The file is not in the order of the task, or of another one.");
            }
            responses.add(response(sample, answer));
        });
        var missing = new Tally();
        samples.subList(responses.size(), samples.size()).forEach(sample -> missing.add(sample.id()));
        return paired(pairing, responses, missing, new Tally(), unknown);
    }

    /** The prompt that the answer was given to is the one that counts; only if it is another one is it kept. */
    private static Response response(Sample sample, GivenAnswer answer) {
        var other =
                answer.prompt().filter(prompt -> !prompt.equals(sample.query().instruction()));
        if (other.isEmpty()) {
            return new Response(sample, answer.text());
        }
        var fields = new HashMap<>(sample.fields());
        fields.put(PROMPT, List.of(other.get()));
        return new Response(new Sample(sample.id(), sample.query(), sample.references(), fields), answer.text());
    }

    private Paired paired(Pairing pairing, List<Response> responses, Tally missing, Tally doubles, Tally unknown) {
        var refused = new ArrayList<String>();
        if (responses.isEmpty()) {
            throw new KarutaException(
                    "No answer in " + source.name() + " is to a sample of " + gold.name() + " ("
                            + gold.samples().size() + " samples; answers to others " + unknown + ").",
                    "Is it of another task or split?");
        }
        if (pairing.missing() == Missing.REFUSED && missing.count() > 0) {
            refused.add("of " + gold.samples().size() + " samples without an answer " + missing);
        }
        if (pairing.doubles() == Doubles.REFUSED && doubles.count() > 0) {
            refused.add("answered more than once " + doubles);
        }
        if (pairing.unknown() == Unknown.REFUSED && unknown.count() > 0) {
            refused.add("answered, but no sample of it " + unknown);
        }
        if (!refused.isEmpty()) {
            throw new KarutaException(
                    source.name() + " does not fit " + gold.name() + ": " + String.join("; ", refused) + ".",
                    "Is it of another split, or cut short? --pairing says what shall become of them: " + Pairing.names()
                            + ".");
        }
        var wrong = (pairing.missing() == Missing.WRONG ? missing.count() : 0)
                + (pairing.unknown() == Unknown.WRONG || pairing.unknown() == Unknown.WRONG_ONCE ? unknown.count() : 0);
        return new Paired(responses, wrong, missing, doubles, unknown);
    }
}
