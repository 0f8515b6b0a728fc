package karuta.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scorer.Response;
import karuta.api.Scores;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;

/**
 * A scorer that judges answers.
 *
 * @param maker makes it
 * @param rubric what it is tried with
 */
record ScorerLesson(Maker<? extends Scorer> maker, Rubric rubric) {

    private static final List<String> WRONG = List.of(
            "",
            "no idea",
            "42",
            "ÄÖ \n",
            "The answer is: (B) yes.",
            "-1e309",
            "NaN",
            "\ud83d\ude00 \t",
            "x".repeat(5000),
            "[0.1,");

    List<Property> properties() {
        return List.of(
                new Property("a score for every answer", this::every),
                new Property("scores from 0 to " + (int) rubric.most(), this::range),
                new Property("the same scores whenever it is asked", this::again),
                new Property("scores do not depend on the order", this::order),
                new Property("right answers count at least as much as wrong ones", this::right));
    }

    private Outcome with(Function<Scorer, Outcome> test) {
        try (var context = new ToyContext(1);
                var made = maker.make()) {
            return test.apply(context.start(made.strategy()));
        }
    }

    private List<Response> responses() {
        var responses = new ArrayList<Response>();
        for (var i = 0; i < rubric.references().size(); i++) {
            var sample = new Sample(
                    "s" + i,
                    new Query(Optional.empty(), "What is it?"),
                    List.of(rubric.references().get(i)),
                    rubric.fields());
            responses.add(new Response(sample, rubric.references().get(i)));
            WRONG.forEach(answer -> responses.add(new Response(sample, answer)));
        }
        return responses;
    }

    private Outcome every() {
        return with(scorer -> {
            var responses = responses();
            var each = scorer.score(responses).each().size();
            return new Failure("Give one Score per response, in their order.")
                    .require(
                            each == responses.size(), "score()", responses.size() + " answers got " + each + " scores.")
                    .outcome();
        });
    }

    private Outcome range() {
        return with(scorer -> {
            var failure = new Failure("Scale scores: tables print them in percent.");
            var responses = responses();
            var scores = scorer.score(responses);
            failure.require(in(scores.value()), "the task's figure", "The figure is " + scores.value() + ".");
            for (var i = 0; i < scores.each().size(); i++) {
                var score = scores.each().get(i).value();
                failure.require(
                        in(score),
                        "\"" + responses.get(i).answer() + "\" for "
                                + responses.get(i).sample().references(),
                        "A score is " + score + ".");
            }
            return failure.outcome();
        });
    }

    private boolean in(double score) {
        return score >= 0 && score <= rubric.most() + 1e-9;
    }

    private Outcome again() {
        return with(scorer -> with(other -> {
            var expected = words(scorer.score(responses()));
            System.gc();
            scorer.score(responses().subList(0, 2));
            return new Failure("Score by the responses alone: no counter, clock or memory of other tasks.")
                    .require(
                            expected.equals(words(scorer.score(responses()))),
                            "score()",
                            "The same answers get other scores when it is asked again.")
                    .require(
                            expected.equals(words(other.score(responses()))),
                            "score()",
                            "A second scorer gives other scores.")
                    .outcome();
        }));
    }

    private static String words(Scores scores) {
        return scores.value() + " " + scores.each();
    }

    private Outcome order() {
        return with(scorer -> {
            var responses = responses();
            var backwards = new ArrayList<>(responses);
            Collections.reverse(backwards);
            var expected = scorer.score(responses).each();
            var turned = scorer.score(backwards).each();
            var failure = new Failure("Let every score depend on its own response, or on the set as a whole.");
            IntStream.range(0, expected.size())
                    .forEach(i -> failure.require(
                            Double.compare(
                                            expected.get(i).value(),
                                            turned.get(expected.size() - 1 - i).value())
                                    == 0,
                            "\"" + responses.get(i).answer() + "\"",
                            "It gets another score where the answers stand in another order."));
            return failure.outcome();
        });
    }

    private Outcome right() {
        if (!rubric.judges()) {
            return new Outcome.NotApplicable("it scores the form of an answer, right or wrong");
        }
        return with(scorer -> {
            var responses = responses();
            var scores = scorer.score(responses).each();
            var each = WRONG.size() + 1;
            var right = 0.0;
            var wrong = 0.0;
            for (var i = 0; i < scores.size(); i++) {
                right += i % each == 0 ? scores.get(i).value() : 0;
                wrong += i % each == 0 ? 0 : scores.get(i).value() / WRONG.size();
            }
            return new Failure("See whether right and wrong are mixed up; a rule whose low scores are good is none.")
                    .require(
                            right >= wrong,
                            rubric.references().toString(),
                            "Wrong answers count " + wrong + " and right ones " + right + " in all.")
                    .outcome();
        });
    }
}
