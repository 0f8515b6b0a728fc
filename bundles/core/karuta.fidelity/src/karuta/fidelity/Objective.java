package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import karuta.api.Parameter;
import karuta.tensor.Autograd;
import karuta.tensor.ParameterGradients;

/**
 * The loss of a batch in training, and where its gradients go.
 *
 * @param play in an open stage
 * @param findings are added to
 * @param image the weight of the alignment with the image
 * @param text the weight of the alignment with the text
 */
record Objective(Play play, Findings findings, double image, double text) {

    private static final double TOLERANCE = 1e-4;
    private static final String LM = "lm";

    /** Compares the sum of all terms, whatever they are called. */
    void examine(int stage, Prompt open) {
        var batch = play.batch(stage);
        var step = play.training().step(Play.stage(stage));
        var forward = Autograd.withGrad(() -> play.training().forward(batch, step));
        var terms = Autograd.withGrad(() -> play.training().learner().losses(forward, step));
        var lm = terms.get(LM);
        if (lm == null) {
            findings.add(Deviation.OBJECTIVE_OTHER, "the losses are " + terms.keySet() + ", without \"lm\".");
            return;
        }
        NDArray spoken = forward.output().loss();
        if (!Vectors.near(lm.getFloat(), spoken.getFloat(), TOLERANCE)) {
            findings.add(
                    Deviation.OBJECTIVE_OTHER,
                    "\"lm\" is " + lm.getFloat() + ", the backbone's cross-entropy " + spoken.getFloat() + ".");
            return;
        }
        var rest = terms.entrySet().stream()
                .filter(term -> !term.getKey().equals(LM))
                .mapToDouble(term -> term.getValue().getFloat())
                .sum();
        compare(rest, Features.of(batch.inputs()), open);
    }

    private void compare(double rest, List<Features> batch, Prompt open) {
        var byImage = 1 - mean(batch, sample -> Vectors.cosine(sample.u(), open.image()));
        var byText = 1 - mean(batch, sample -> Vectors.cosine(sample.v(), open.text()));
        if (Vectors.near(rest, image * byImage + text * byText, TOLERANCE)) {
            return;
        }
        if (Vectors.near(rest, 0, TOLERANCE)) {
            findings.add(
                    Deviation.ALIGNMENT_DROPPED,
                    "the loss is that of the language model alone; of the alignment, " + rounded(image * byImage)
                            + " + " + rounded(text * byText) + ", nothing is in it.");
            return;
        }
        var sided = new LinkedHashMap<String, Double>();
        sided.put("the image alone is aligned", image * byImage);
        sided.put("the text alone is aligned", text * byText);
        sided.put("the image feature is in both terms", (image + text) * byImage);
        sided.put("the text feature is in both terms", (image + text) * byText);
        var same = sided.entrySet().stream()
                .filter(side -> Vectors.near(rest, side.getValue(), TOLERANCE))
                .findFirst();
        same.ifPresentOrElse(
                side -> findings.add(Deviation.ALIGNMENT_ONE_SIDED, side.getKey() + "."),
                () -> findings.add(
                        Deviation.OBJECTIVE_OTHER,
                        "beside the language model's loss there is " + rounded(rest) + ", where the alignment is "
                                + rounded(image * byImage) + " + " + rounded(text * byText) + "."));
    }

    private static double mean(List<Features> batch, ToDoubleFunction<Features> of) {
        return batch.stream().mapToDouble(of).average().orElseThrow();
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Whether the alignment reaches h, and P through h. */
    void examineGradients(int stage, OpenPrompt open) {
        var own = open.transform();
        if (reached(stage, own).allMatch(each -> each == 0)) {
            findings.add(
                    Deviation.ALIGNMENT_WITHOUT_GRADIENT,
                    "the term has the right value, and no weight of h gets a gradient: h stays as it began.");
        } else if (reached(stage, List.of(open.prompt())).allMatch(each -> each == 0)) {
            findings.add(Deviation.ALIGNMENT_NOT_THROUGH, "h gets a gradient of it, and P none.");
        }
    }

    /** The largest gradient of all terms but the language model's, for each parameter. */
    private Stream<Double> reached(int stage, List<Parameter> parameters) {
        var gradients = ParameterGradients.of(
                () -> {
                    Map<String, NDArray> terms = new LinkedHashMap<>(play.training()
                            .losses(play.batch(stage), play.training().step(Play.stage(stage))));
                    terms.remove(LM);
                    // a term that nothing was recorded of has no gradient: with a zero of P the sum always has one
                    NDArray nothing = parameters
                            .get(0)
                            .value()
                            .sub(parameters.get(0).value())
                            .sum();
                    terms.put("nothing", nothing);
                    return ParameterGradients.sum(terms.values());
                },
                parameters);
        return gradients.stream().map(gradient -> (double) gradient.abs().max().getFloat()).toList().stream();
    }
}
