package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.TrainingStep;
import karuta.check.Outcome.Fails;
import karuta.tensor.Autograd;
import karuta.tensor.ParameterGradients;

/**
 * Gradients reach what is declared and nothing else. What belongs to a card that no sample of a stage has chosen need not
 * get one.
 */
final class GradientWatch implements Watch {

    private Optional<Fails> found = Optional.empty();
    private List<Parameter> parameters = List.of();
    private final Set<NDArray> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<NDArray> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Integer> missed = new TreeMap<>();
    private final Set<String> learned = new HashSet<>();
    private boolean trains;
    private int stage;

    @Override
    public void begun(Trial trial, Stage begun) {
        stage = begun.number();
    }

    @Override
    public void declared(List<Parameter> declared) {
        parameters = declared;
        trains |= !declared.isEmpty();
        reached.clear();
        chosen.clear();
    }

    @Override
    public void prompted(Trial trial, List<PromptedInput> prompted, boolean training) {
        if (training) {
            prompted.forEach(sample -> sample.selection()
                    .picks()
                    .forEach(pick -> chosen.addAll(CardArrays.of(pick.card()).values())));
        }
    }

    @Override
    public void scored(Trial trial, Forward forward, TrainingStep step, Map<String, NDArray> terms) {
        for (var card : trial.cards()) {
            if (!card.trainable()) {
                CardArrays.of(card)
                        .forEach((name, array) -> parameters.stream()
                                .filter(parameter -> parameter.value() == array)
                                .forEach(parameter -> fail(
                                        "The parameter \"" + parameter.name() + "\" is the " + name + " of the card \""
                                                + card.id() + "\", which is closed.",
                                        "Train nothing of a card that says that it is not trained.")));
            }
        }
        if (step.step() == 0) {
            undeclared(trial, forward, step);
        }
    }

    private void undeclared(Trial trial, Forward forward, TrainingStep step) {
        var names = new IdentityHashMap<NDArray, String>();
        trial.save()
                .forEach((member, state) -> state.tensors()
                        .forEach((name, tensor) -> names.put(tensor, "\"" + name + "\" of the " + member)));
        for (Card card : trial.cards()) {
            CardArrays.of(card).forEach((name, array) -> names.put(array, "the " + name + " of the card " + card.id()));
        }
        names.put(trial.context().backbone().embeddings(), "the backbone's embeddings");
        parameters.forEach(parameter -> names.remove(parameter.value()));
        var candidates = new ArrayList<>(names.keySet());
        candidates.removeIf(array -> !array.hasGradient());
        if (candidates.isEmpty()) {
            return;
        }
        var again = Forward.of(trial.context().backbone(), trial.learner(), forward.batch(), step);
        var loss = ParameterGradients.sum(trial.learner().losses(again, step).values());
        var gradients = Autograd.partial(loss, candidates);
        for (var i = 0; i < candidates.size(); i++) {
            if (gradients.get(i).isPresent()) {
                fail(
                        "A gradient reaches " + names.get(candidates.get(i)) + ", which is not declared as trained.",
                        "Declare it in trainable(), or take its gradient off (setRequiresGradient(false)).");
            }
        }
    }

    @Override
    public void differentiated(List<Gradient> gradients) {
        gradients.forEach(gradient -> reached.add(gradient.parameter().value()));
    }

    @Override
    public void ended(Trial trial, Stage ended) {
        var excused = Collections.<NDArray>newSetFromMap(new IdentityHashMap<>());
        trial.cards().forEach(card -> excused.addAll(CardArrays.of(card).values()));
        chosen.forEach(excused::remove);
        for (var parameter : parameters) {
            if (reached.contains(parameter.value())) {
                learned.add(parameter.name());
            } else if (!excused.contains(parameter.value())) {
                missed.putIfAbsent(parameter.name(), stage);
            }
        }
    }

    /** A gate between cards has nothing to learn as long as there is one card: what counts is whether it ever has. */
    private Optional<Fails> missing() {
        return missed.entrySet().stream()
                .filter(parameter -> !learned.contains(parameter.getKey()))
                .findFirst()
                .map(parameter -> new Fails(
                        "No gradient reaches the parameter \"" + parameter.getKey() + "\".",
                        "stage " + parameter.getValue(),
                        "Let a loss term depend on it; arrays that were copied, cast by toType or concatenated alone"
                                + " carry no gradient (karuta.tensor.Ops does)."));
    }

    private void fail(String what, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, "stage " + stage, remedy)));
    }

    @Override
    public Outcome verdict() {
        return trains || found.isPresent()
                ? Outcome.of(found.or(this::missing))
                : new Outcome.NotApplicable("it trains nothing");
    }
}
