package karuta.study.file;

import java.util.List;
import java.util.Optional;
import karuta.study.Arm;
import karuta.study.SlurmJob;
import karuta.study.StrategyReference;
import karuta.study.Study;
import karuta.study.Training;
import karuta.study.Word;
import org.snakeyaml.engine.v2.nodes.Node;

/** Writes a study so that {@link StudyReader} reads the same again. */
public final class StudyWriter {

    private StudyWriter() {}

    /** The text of a study file. Comments of a file it was read from are lost. */
    public static String write(Study study) {
        var map = new YamlMap()
                .put("study", study.getName())
                .put(
                        "seeds",
                        YamlMap.list(
                                study.getSeeds().stream().map(Object::toString).toList()));
        for (var strategy : List.of("backbone", "encoder", "benchmark", "pretraining")) {
            strategy(study, strategy).ifPresent(node -> map.put(strategy, node));
        }
        if (study.isSkipBad()) {
            map.put("skipBad", "true");
        }
        if (study.isExemplarFree()) {
            map.put("exemplarFree", "true");
        }
        orders(study, map);
        if (!study.getWatch().isEmpty()) {
            map.put(
                    "watch",
                    YamlMap.list(study.getWatch().stream().map(Word::getText).toList()));
        }
        Optional.ofNullable(study.getTraining()).ifPresent(training -> map.put("training", training(training)));
        if (!study.getArms().isEmpty()) {
            var arms = new YamlMap();
            study.getArms().forEach(arm -> arms.put(arm.getName(), arm(arm).block()));
            map.put("arms", arms.block());
        }
        Optional.ofNullable(study.getSlurm()).ifPresent(job -> map.put("slurm", slurm(job)));
        return map.text();
    }

    private static Optional<Node> strategy(Study study, String key) {
        var feature = study.eClass().getEStructuralFeature(key);
        return Optional.ofNullable((StrategyReference) study.eGet(feature)).map(StudyWriter::strategy);
    }

    private static void orders(Study study, YamlMap map) {
        var orders = study.getOrders();
        var only = orders.size() == 1
                && study.getDraws().isEmpty()
                && orders.get(0).getName().equals("default");
        if (only) {
            map.put("tasks", YamlMap.list(orders.get(0).names()));
        } else if (!orders.isEmpty() || !study.getDraws().isEmpty()) {
            var named = new YamlMap();
            orders.forEach(order -> named.put(order.getName(), YamlMap.list(order.names())));
            study.getDraws().forEach(draw -> named.put(draw.getKind(), String.valueOf(draw.getCount())));
            map.put("orders", named.block());
        }
    }

    private static YamlMap arm(Arm arm) {
        var map = new YamlMap();
        if (arm.isAnalysis()) {
            map.put("analysis", "true");
        }
        Optional.ofNullable(arm.getFrom()).ifPresent(folder -> map.put("from", folder.getText()));
        map.put(arm.getLearner().getKind(), strategy(arm.getLearner()));
        arm.getParts().forEach(part -> map.put(part.getKind(), strategy(part)));
        Optional.ofNullable(arm.getOver())
                .ifPresent(over -> map.put("over", arm(over).flow()));
        Optional.ofNullable(arm.getTraining()).ifPresent(training -> map.put("training", training(training)));
        return map;
    }

    private static Node strategy(StrategyReference strategy) {
        if (strategy.getOptions().isEmpty() && strategy.getOver() == null && strategy.getBundle() == null) {
            return YamlMap.scalar(strategy.getId());
        }
        var map = new YamlMap().put("id", strategy.getId());
        Optional.ofNullable(strategy.getBundle()).ifPresent(bundle -> map.put(StudyKeys.BUNDLE, bundle));
        strategy.getOptions().forEach(option -> {
            var values = option.texts();
            map.put(option.getKey(), option.isList() ? YamlMap.list(values) : YamlMap.scalar(values.get(0)));
        });
        Optional.ofNullable(strategy.getOver()).ifPresent(over -> map.put("over", strategy(over)));
        return map.flow();
    }

    private static Node slurm(SlurmJob job) {
        var map = new YamlMap();
        if (job.isSetTasks()) {
            map.put("tasks", String.valueOf(job.getTasks()));
        }
        if (!job.getOptions().isEmpty()) {
            var options = new YamlMap();
            job.getOptions()
                    .forEach(option ->
                            options.put(option.getKey(), option.texts().get(0)));
            map.put("options", options.flow());
        }
        return map.flow();
    }

    private static Node training(Training training) {
        var map = new YamlMap();
        for (var key : List.of("rate", "steps", "epochs", "batch", "warmup", "clip", "decay")) {
            var feature = training.eClass().getEStructuralFeature(key);
            if (training.eIsSet(feature)) {
                map.put(key, YamlMap.plain((Number) training.eGet(feature)));
            }
        }
        if (training.isSetBeta1() || training.isSetBeta2()) {
            var betas = List.of(YamlMap.plain(training.getBeta1()), YamlMap.plain(training.getBeta2()));
            map.put("betas", YamlMap.list(betas));
        }
        return map.flow();
    }
}
