package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.compare.Sheet;
import karuta.study.Run;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;

/** The last answers of runs to the same questions as sheets, one for each task. A record does not hold the fields of samples. */
final class RunSheets {

    private final List<String> methods = new ArrayList<>();
    private final Map<String, Map<String, Sample>> samples = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> answers = new LinkedHashMap<>();

    private RunSheets() {}

    /** Of the runs in some folders. */
    static List<Sheet> of(List<Path> folders) {
        var sheets = new RunSheets();
        for (var path : folders) {
            for (var folder : RunFolder.find(path)) {
                sheets.add(folder, folder.read());
            }
        }
        return sheets.samples.keySet().stream().map(sheets::sheet).toList();
    }

    private void add(RunFolder folder, Run run) {
        var last = run.getTasks().size();
        var given = new LinkedHashMap<String, Map<String, String>>();
        folder.forEachPrediction(prediction -> {
            if (prediction.stage() == last) {
                given.computeIfAbsent(prediction.task(), task -> new LinkedHashMap<>())
                        .put(prediction.id(), prediction.text());
                samples.computeIfAbsent(prediction.task(), task -> new LinkedHashMap<>())
                        .putIfAbsent(prediction.id(), sample(prediction));
            }
        });
        if (given.isEmpty()) {
            throw new KarutaException(
                    "The run " + folder.path() + " has no answers after its last task.", "Let it come to its end.");
        }
        methods.add(run.getArm().getName() + (run.getSeed() == 1 ? "" : ", seed " + run.getSeed()));
        given.forEach((task, texts) ->
                answers.computeIfAbsent(task, name -> new ArrayList<>()).add(texts));
    }

    private static Sample sample(Prediction prediction) {
        return new Sample(
                prediction.id(), new Query(Optional.empty(), prediction.prompt()), prediction.answers(), Map.of());
    }

    private Sheet sheet(String task) {
        var ids = List.copyOf(samples.get(task).keySet());
        var all = answers.get(task);
        if (all.size() != methods.size()
                || all.stream()
                        .anyMatch(texts ->
                                !texts.keySet().equals(samples.get(task).keySet()))) {
            throw new KarutaException(
                    "The runs have not answered the same questions of the task " + task + ".",
                    "Compare runs of one study.");
        }
        var named = new ArrayList<Sheet.Method>();
        for (var i = 0; i < methods.size(); i++) {
            named.add(new Sheet.Method(
                    methods.get(i), ids.stream().map(all.get(i)::get).toList()));
        }
        return new Sheet(task, List.of(), List.copyOf(samples.get(task).values()), named);
    }
}
