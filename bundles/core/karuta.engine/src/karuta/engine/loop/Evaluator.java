package karuta.engine.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.api.Answer;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Selection;
import karuta.api.Task;
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
 * @param listener is told
 */
record Evaluator(Learner learner, InputEncoder inputs, Tasks tasks, int batch, RunListener listener) {

    Evaluation evaluate(int stage) {
        var started = System.nanoTime();
        var predictions = new ArrayList<Prediction>();
        for (var task : tasks.tasks()) {
            for (var from = 0; from < task.test().size(); from += batch) {
                listener.proceed();
                var asked = task
                        .test()
                        .subList(from, Math.min(from + batch, task.test().size()))
                        .stream()
                        .map(sample -> new TaskSample(sample, task.name()))
                        .toList();
                predictions.addAll(ask(stage, task, asked));
                listener.answered(stage, task.name(), asked.size());
            }
        }
        return new Evaluation(stage, predictions, predictions.size(), (System.nanoTime() - started) / 1e9);
    }

    private List<Prediction> ask(int stage, Task task, List<TaskSample> asked) {
        try (var scope = Scope.open()) {
            var answers = Autograd.noGrad(
                    () -> learner.answer(asked.stream().map(inputs::encode).toList()));
            if (answers.size() != asked.size()) {
                throw new KarutaException(
                        "the learner (" + learner.getClass().getName() + ") gave " + answers.size() + " answers to "
                                + asked.size() + " questions",
                        "mend the learner, or what it is made of");
            }
            var predictions = new ArrayList<Prediction>();
            for (var i = 0; i < asked.size(); i++) {
                predictions.add(judge(stage, task, asked.get(i), answers.get(i)));
            }
            return predictions;
        }
    }

    private Prediction judge(int stage, Task task, TaskSample asked, Answer answer) {
        var sample = asked.sample();
        var score = tasks.scorer(task).score(answer.text(), sample.references());
        if (!Double.isFinite(score)) {
            throw new KarutaException(
                    tasks.scorer(task).getClass().getName() + " scores the answer \"" + answer.text() + "\" to sample "
                            + sample.id() + " of \"" + task.name() + "\" as " + score,
                    "a scorer gives a number from 0 to 1 to every text");
        }
        return new Prediction(
                stage,
                task.name(),
                sample.id(),
                sample.query().image().flatMap(Image::path),
                sample.query().instruction(),
                answer.text(),
                sample.references(),
                score,
                answer.selection().picks().stream().map(Evaluator::selected).toList());
    }

    private static Prediction.Selected selected(Selection.Pick pick) {
        Optional<String> task = pick.card().task();
        var score = Double.isNaN(pick.score()) ? OptionalDouble.empty() : OptionalDouble.of(pick.score());
        return new Prediction.Selected(pick.card().id(), task, score);
    }
}
