package karuta.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.study.KarutaPackage;
import karuta.study.Located;
import karuta.study.Option;
import karuta.study.Study;
import karuta.study.Training;
import org.eclipse.emf.ecore.EAttribute;
import org.jspecify.annotations.Nullable;

/** A study with every value that counts, as YAML, with a comment that says where the value comes from. */
final class ResolvedStudy {

    private static final String DEFAULT = "default";
    private static final String COMMAND_LINE = "command line";
    private static final int COLUMN = 64;

    private final StringBuilder text = new StringBuilder();
    private final Study study;

    private final List<String> set;

    private ResolvedStudy(Study study, List<String> set) {
        this.study = study;
        this.set = set;
    }

    /** @param settings of the command line, {@code training.steps=8} */
    static String of(StudyPlan plan, List<String> settings) {
        var set = settings.stream()
                .map(setting ->
                        setting.substring(0, Math.max(0, setting.indexOf('='))).strip())
                .toList();
        var resolved = new ResolvedStudy(plan.study(), set);
        resolved.study(plan);
        return resolved.text.toString();
    }

    private void study(StudyPlan plan) {
        line(0, "study: " + study.getName(), origin(study));
        line(0, "seeds: " + study.getSeeds(), origin(study));
        plan.pretraining().ifPresent(choice -> strategy(0, choice));
        plan.shared().ifPresent(shared -> {
            strategy(0, shared.backbone());
            strategy(0, shared.encoder());
            strategy(0, shared.benchmark());
        });
        if (study.isSkipBad()) {
            line(0, "skipBad: true", origin(study));
        }
        if (study.isExemplarFree()) {
            line(0, "exemplarFree: true", origin(study));
        }
        var runs = plan.runs();
        if (!runs.isEmpty()) {
            line(0, "orders:", "");
            runs.stream()
                    .collect(Collectors.toMap(RunPlan::order, run -> run, (one, same) -> one, LinkedHashMap::new))
                    .values()
                    .forEach(run -> line(1, run.order() + ": " + run.tasks(), ordered(run)));
            line(0, "arms:", "");
            runs.stream()
                    .collect(Collectors.toMap(RunPlan::arm, run -> run, (one, same) -> one, LinkedHashMap::new))
                    .values()
                    .forEach(this::arm);
        }
    }

    private String ordered(RunPlan run) {
        return study.getOrders().stream()
                .filter(order -> order.getName().equals(run.order()))
                .findFirst()
                .map(this::origin)
                .orElseGet(() -> study.getDraws().isEmpty() ? DEFAULT : "drawn");
    }

    private void arm(RunPlan run) {
        var arm = run.arm();
        line(1, arm.arm().getName() + ":", origin(arm.arm()));
        if (arm.arm().isAnalysis()) {
            line(2, "analysis: true", origin(arm.arm()));
        }
        arm.from()
                .ifPresent(
                        from -> line(2, "from: " + from.file(), origin(arm.arm().getFrom())));
        body(2, arm);
        line(2, "training:", "");
        for (var setting : KarutaPackage.Literals.TRAINING.getEAttributes()) {
            if (run.training().eIsSet(setting)) {
                line(3, setting.getName() + ": " + run.training().eGet(setting), origin(setting, arm));
            }
        }
    }

    private void body(int depth, ArmPlan arm) {
        strategy(depth, arm.learner());
        arm.parts().forEach(part -> strategy(depth, part));
        arm.over().ifPresent(over -> {
            line(depth, "over:", "");
            body(depth + 1, over);
        });
    }

    private String origin(EAttribute setting, ArmPlan arm) {
        var key = "training." + (setting.getName().startsWith("beta") ? "betas" : setting.getName());
        return origin(arm.arm().getTraining(), setting, "arms." + arm.arm().getName() + "." + key)
                .or(() -> origin(study.getTraining(), setting, key))
                .orElse(DEFAULT);
    }

    /** The command line may have set one value of a section that stands in the file. */
    private Optional<String> origin(@Nullable Training training, EAttribute setting, String path) {
        var given = set.stream().anyMatch(known -> path.equals(known) || path.startsWith(known + "."));
        return Optional.ofNullable(training)
                .filter(own -> own.eIsSet(setting))
                .map(own -> given ? COMMAND_LINE : origin(own));
    }

    private void strategy(int depth, StrategyConfig choice) {
        line(depth, choice.type().kind().key() + ":", "");
        line(depth + 1, "id: " + choice.type().id(), origin(choice.place()));
        for (var option : choice.type().options()) {
            var given = choice.place().getOptions().stream()
                    .filter(each -> each.getKey().equals(option.name()))
                    .findFirst();
            var values =
                    given.<List<String>>map(Option::texts).or(option::defaults).map(ArrayList::new);
            values.ifPresent(texts -> line(
                    depth + 1,
                    option.name() + ": " + (option.many() ? texts.toString() : String.join("", texts)),
                    given.map(this::origin).orElse(DEFAULT)));
        }
        choice.over().ifPresent(over -> {
            line(depth + 1, "over:", "");
            strategy(depth + 2, over);
        });
    }

    /** What stands in no line of the file was set on the command line. */
    private String origin(Located place) {
        return place.getLine() > 0 ? study.getFile() + ":" + place.getLine() : COMMAND_LINE;
    }

    private void line(int depth, String value, String origin) {
        var line = "  ".repeat(depth) + value;
        text.append(origin.isEmpty() ? line : line + " ".repeat(Math.max(1, COLUMN - line.length())) + "# " + origin)
                .append('\n');
    }
}
