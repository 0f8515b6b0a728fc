package karuta.engine.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.api.Selection;
import karuta.api.Task;
import karuta.engine.features.Reuse;
import karuta.study.record.Prediction;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * Asks a learner the test samples of all tasks, seen or not.
 *
 * @param learner who answers
 * @param inputs what it may see
 * @param tasks of the run
 * @param batch how many samples are asked at once; makes no difference to the answers
 * @param sentinel asks some samples again; empty for an arm that may see the true task
 * @param listener is told
 */
record Evaluator(
        Learner learner,
        InputEncoder inputs,
        Tasks tasks,
        int batch,
        Optional<Sentinel> sentinel,
        RunListener listener) {

    Evaluation evaluate(int stage, AnswerLog log) {
        var started = System.nanoTime();
        var predictions = new ArrayList<Prediction>();
        var values = new LinkedHashMap<String, Double>();
        var figures = new LinkedHashMap<String, Map<String, Double>>();
        var asked = new ArrayList<Sentinel.Asked>();
        var reused = Reuse.NONE;
        for (var task : tasks.evaluated()) {
            var answers = new ArrayList<Answer>();
            for (var from = 0; from < task.test().size(); from += batch) {
                listener.proceed();
                var part = task.test()
                        .subList(from, Math.min(from + batch, task.test().size()));
                var taken = new AtomicReference<>(Reuse.NONE);
                answers.addAll(log.next(task.name(), part.size(), () -> {
                    var told = ask(task, part);
                    taken.set(told.reuse());
                    return told.answers();
                }));
                reused = reused.plus(taken.get());
                listener.answered(stage, task.name(), part.size());
            }
            if (!answers.isEmpty()) {
                var scores = score(task, answers);
                values.put(task.name(), scores.value());
                figures.put(task.name(), scores.figures());
                for (var i = 0; i < answers.size(); i++) {
                    asked.add(new Sentinel.Asked(task, i, answers.get(i)));
                    predictions.add(prediction(
                            stage,
                            task,
                            task.test().get(i),
                            answers.get(i),
                            scores.each().get(i)));
                }
            }
        }
        var verified = asked.isEmpty()
                ? 0
                : sentinel.map(watch -> watch.check(stage, asked)).orElse(0);
        return new Evaluation(
                stage,
                predictions,
                values,
                figures,
                verified,
                predictions.size() - reused.answers(),
                (System.nanoTime() - started) / 1e9,
                reused);
    }

    /** Answers to a batch, and which of them are not new. */
    private record Told(List<Answer> answers, Reuse reuse) {}

    /** What is kept of the answers outlives the scope, as it holds no numbers of PyTorch that are read again. */
    private Told ask(Task task, List<Sample> asked) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> {
                var encoded = asked.stream()
                        .map(sample -> inputs.encode(new TaskSample(sample, task.name())))
                        .toList();
                var reuse = new AtomicReference<>(Reuse.NONE);
                var answers = Answer.of(
                        batch -> {
                            var told = inputs.frozen().answer(encoded, batch);
                            reuse.set(told.reuse());
                            return told.texts();
                        },
                        learner,
                        encoded);
                return new Told(answers, reuse.get());
            });
        }
    }

    private Scores score(Task task, List<Answer> answers) {
        var scorer = tasks.scorer(task);
        var responses = IntStream.range(0, answers.size())
                .mapToObj(i ->
                        new Scorer.Response(task.test().get(i), answers.get(i).text()))
                .toList();
        var scores = scorer.score(responses);
        if (scores.each().size() != responses.size()) {
            throw new KarutaException(
                    scorer.getClass().getName() + " gave " + scores.each().size() + " scores to " + responses.size()
                            + " answers of \"" + task.name() + "\".",
                    "A scorer gives a number to every answer.");
        }
        for (var i = 0; i < responses.size(); i++) {
            var score = scores.each().get(i).value();
            if (!Double.isFinite(score)) {
                throw new KarutaException(
                        scorer.getClass().getName() + " scores the answer \""
                                + responses.get(i).answer()
                                + "\" to sample " + responses.get(i).sample().id() + " of \"" + task.name() + "\" as "
                                + score + ".",
                        "A scorer gives a number to every answer.");
            }
        }
        if (!Double.isFinite(scores.value())) {
            throw new KarutaException(
                    scorer.getClass().getName() + " scores the task \"" + task.name() + "\" as " + scores.value() + ".",
                    "A scorer gives a number to every task.");
        }
        return scores;
    }

    private static Prediction prediction(int stage, Task task, Sample sample, Answer answer, Scores.Score score) {
        return new Prediction(
                stage,
                task.name(),
                sample.id(),
                sample.query().images().stream()
                        .flatMap(image -> image.path().stream())
                        .findFirst(),
                sample.query().instruction(),
                answer.text(),
                score.parsed(),
                sample.references(),
                score.value(),
                answer.selection().picks().stream().map(Evaluator::selected).toList());
    }

    private static Prediction.Selected selected(Selection.Pick pick) {
        Optional<String> task = pick.card().task();
        var score = Double.isNaN(pick.score()) ? OptionalDouble.empty() : OptionalDouble.of(pick.score());
        return new Prediction.Selected(pick.card().id(), task, score);
    }
}
