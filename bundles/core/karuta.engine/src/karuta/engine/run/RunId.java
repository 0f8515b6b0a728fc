package karuta.engine.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import karuta.engine.catalog.OptionType;
import karuta.engine.features.Hash;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.study.Run;

/**
 * What a run is: the hash of all that the study says of it, with defaults, and of the data, weights and classes that take
 * part. What study, arm and order are called makes no difference, nor does the machine that carries the run out.
 */
final class RunId {

    /** Under this name it stands among the fingerprints of a record. */
    static final String NAME = "id";

    private RunId() {}

    /** @param prints of backbone, encoder, data and parts */
    static String of(RunPlan run, String training, List<String> prints) {
        return Hash.of(
                        arm(run.arm()),
                        Boolean.toString(run.arm().arm().isAnalysis()),
                        Long.toString(run.seed()),
                        String.join("\n", run.tasks()),
                        String.join("\n", run.watched()),
                        training,
                        String.join("\n", prints))
                .hex();
    }

    private static String arm(ArmPlan arm) {
        return strategy(arm.learner())
                + arm.parts().stream().map(RunId::strategy).collect(Collectors.joining(",", "(", ")"))
                + arm.over().map(inner -> " over " + arm(inner)).orElse("")
                + arm.from().map(origin -> " from " + origin.describe()).orElse("");
    }

    private static String strategy(StrategyConfig choice) {
        var values = new TreeMap<String, String>();
        for (var option : choice.type().options()) {
            var texts = choice.texts(option).orElse(List.of());
            values.put(
                    option.name(),
                    texts.stream().map(text -> plain(option, text)).toList().toString());
        }
        return choice.type().name() + " of " + choice.type().source().bundle() + values
                + choice.over().map(inner -> " over " + strategy(inner)).orElse("");
    }

    /** A number may be written in several ways. */
    private static String plain(OptionType option, String text) {
        var number = option.form() == OptionType.Form.NUMBER || option.form() == OptionType.Form.WHOLE;
        try {
            return number ? new BigDecimal(text.strip()).stripTrailingZeros().toPlainString() : text;
        } catch (NumberFormatException otherwise) {
            return text;
        }
    }

    /** Whether a run that lies somewhere is the one that is wanted. Records of older versions know bits alone. */
    static boolean same(Run known, Run wanted) {
        var id = Records.fingerprint(known, NAME);
        return id.isEmpty() || Records.fingerprint(wanted, NAME).isEmpty()
                ? sameBits(known, wanted)
                : id.equals(Records.fingerprint(wanted, NAME));
    }

    /** Whether the numbers of two runs must be equal to the last bit: the machine counts too. */
    static boolean sameBits(Run known, Run wanted) {
        return Records.fingerprint(known, Records.RUN).equals(Records.fingerprint(wanted, Records.RUN));
    }
}
