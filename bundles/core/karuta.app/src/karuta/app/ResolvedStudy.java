package karuta.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.study.KarutaPackage;
import karuta.study.Keyed;
import karuta.study.Located;
import karuta.study.Option;
import karuta.study.SlurmJob;
import karuta.study.Study;
import org.eclipse.emf.ecore.EAttribute;

/** A study with every value that counts, as YAML, with a comment that says where the value comes from. */
final class ResolvedStudy {

    private static final String DEFAULT = "default";
    private static final String COMMAND_LINE = "command line";
    private static final int COLUMN = 64;

    private final StringBuilder text = new StringBuilder();
    private final Study study;

    private ResolvedStudy(Study study) {
        this.study = study;
    }

    static String of(StudyPlan plan) {
        var resolved = new ResolvedStudy(plan.study());
        resolved.study(plan);
        return resolved.text.toString();
    }

    private void study(StudyPlan plan) {
        line(0, "study: " + study.getName(), origin(study, "study"));
        line(0, "seeds: " + study.getSeeds(), origin(study, "seeds"));
        plan.pretraining().ifPresent(choice -> strategy(0, choice));
        plan.shared().ifPresent(shared -> {
            strategy(0, shared.backbone());
            strategy(0, shared.encoder());
            strategy(0, shared.benchmark());
        });
        line(0, "skipBad: " + study.isSkipBad(), origin(study, "skipBad"));
        line(0, "exemplarFree: " + study.isExemplarFree(), origin(study, "exemplarFree"));
        var runs = plan.runs();
        if (!runs.isEmpty()) {
            line(0, "orders:", "");
            runs.stream()
                    .collect(Collectors.toMap(RunPlan::order, run -> run, (one, same) -> one, LinkedHashMap::new))
                    .values()
                    .forEach(run -> line(1, run.order() + ": " + run.tasks(), ordered(run)));
            line(0, "watch: " + runs.get(0).watched(), origin(study, "watch"));
            line(0, "arms:", "");
            runs.stream()
                    .collect(Collectors.toMap(RunPlan::arm, run -> run, (one, same) -> one, LinkedHashMap::new))
                    .values()
                    .forEach(this::arm);
            Optional.ofNullable(study.getSlurm()).ifPresent(this::slurm);
        }
    }

    private void slurm(SlurmJob job) {
        line(0, "slurm:", "");
        if (job.isSetTasks()) {
            line(1, "tasks: " + job.getTasks(), origin(job, "tasks"));
        }
        if (!job.getOptions().isEmpty()) {
            line(1, "options:", "");
            job.getOptions()
                    .forEach(option ->
                            line(2, option.getKey() + ": " + String.join("", option.texts()), origin(option)));
        }
    }

    private String ordered(RunPlan run) {
        return study.getOrders().stream()
                .filter(order -> order.getName().equals(run.order()))
                .findFirst()
                .map(this::origin)
                .orElseGet(() -> study.getDraws().stream()
                        .filter(draw -> run.order().startsWith(draw.getKind()))
                        .findFirst()
                        .map(draw -> "drawn, " + origin(draw))
                        .orElse(DEFAULT));
    }

    private void arm(RunPlan run) {
        var arm = run.arm();
        line(1, arm.arm().getName() + ":", origin(arm.arm()));
        line(2, "analysis: " + arm.arm().isAnalysis(), origin(arm.arm(), "analysis"));
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

    /** The arm's own setting goes before that of the study. */
    private String origin(EAttribute setting, ArmPlan arm) {
        var key = setting.getName().startsWith("beta") ? "betas" : setting.getName();
        return Stream.of(Optional.ofNullable(arm.arm().getTraining()), Optional.ofNullable(study.getTraining()))
                .flatMap(Optional::stream)
                .filter(training -> training.eIsSet(setting))
                .findFirst()
                .map(training -> origin(training, key))
                .orElse(DEFAULT);
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

    private String origin(Keyed section, String key) {
        return section.getPlaces().stream()
                .filter(place -> place.getText().equals(key))
                .findFirst()
                .map(this::origin)
                .orElse(DEFAULT);
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
