package karuta.app;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import karuta.engine.catalog.Doctor;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.yaml.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a strategy of one's own is not there, or does not work. */
@Command(
        name = DoctorCommand.NAME,
        mixinStandardHelpOptions = true,
        description = {
            "Say what is wrong with jars of your own, with cause and cure: first by reading them, then, if nothing is wrong"
                    + " so far, by making each strategy that they bring once.",
            "(`karuta data` examines data, `karuta check` whether a strategy keeps to its contract.)",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 nothing is wrong, 2 something is.",
            "",
            "Examples:",
            "  karuta doctor                        what lies in the dropins folder",
            "  karuta doctor target/my.jar          a jar before it is dropped in",
            "  karuta doctor jars/                  all jars of a folder, together",
            "  karuta doctor my.yaml                a study, and the strategies of your own that it names"
        })
final class DoctorCommand implements Callable<Integer> {

    /** As people call it. */
    static final String NAME = "doctor";

    private static final String JAR = ".jar";

    private final Strategies strategies;
    private final Doctor doctor;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            paramLabel = "JAR|FOLDER|STUDY",
            arity = "0..*",
            description = "Jars, folders with jars, studies (default: the dropins folder).")
    private List<Path> subjects = List.of();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "How long a strategy may take to be made (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int limit = 10;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    DoctorCommand(Strategies strategies, Doctor doctor, Terminal terminal) {
        this.strategies = strategies;
        this.doctor = doctor;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, not " + limit);
        }
        var findings = new ArrayList<Finding>();
        var jars = new LinkedHashMap<String, Path>();
        var studies = new ArrayList<Path>();
        subjects.forEach(subject -> sort(subject, jars, studies, findings));
        try (var will = LastWill.ofProcess()) {
            Doctor.Witness witness = (soFar, ifItEnds) -> will.write(text(Stream.of(findings, soFar, List.of(ifItEnds))
                    .flatMap(List::stream)
                    .toList()));
            if (subjects.isEmpty() || !studies.isEmpty()) {
                findings.addAll(doctor.dropped(Duration.ofSeconds(limit), witness));
            }
            if (!jars.isEmpty()) {
                findings.addAll(doctor.examine(jars, Duration.ofSeconds(limit), witness));
            }
            studies.forEach(study -> findings.addAll(examine(study, witness)));
        }
        terminal.say(text(findings));
        return findings.stream().anyMatch(Finding::isFault) ? CommandLines.UNUSABLE : 0;
    }

    private void sort(Path subject, Map<String, Path> jars, List<Path> studies, List<Finding> findings) {
        var name = subject.toString();
        if (Files.isDirectory(subject)) {
            var inside = jars(subject);
            inside.forEach(jar -> jars.put(jar.toString(), jar.toAbsolutePath()));
            if (inside.isEmpty()) {
                findings.add(new Finding(Fault.NOTHING, name, "holds no jar", "name a folder that does, or build one"));
            }
        } else if (!Files.exists(subject)) {
            throw new ParameterException(spec.commandLine(), "there is no file or folder " + subject);
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            studies.add(subject);
        } else {
            jars.put(name, subject.toAbsolutePath());
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
        } catch (IOException unreadable) {
            throw new KarutaException("Cannot read " + folder + ": " + unreadable, "Check who owns it.", unreadable);
        }
    }

    private List<Finding> examine(Path study, Doctor.Witness witness) {
        try {
            var plan = Planner.plan(strategies, StudyReader.read(study));
            return plan.strategies()
                    .filter(choice -> choice.type().source().isDropped())
                    .flatMap(choice -> doctor
                            .attempt(
                                    choice.type(),
                                    choice.options(),
                                    study + ":" + choice.place().getLine() + ":",
                                    Duration.ofSeconds(limit),
                                    witness)
                            .stream())
                    .distinct()
                    .toList();
        } catch (StudyException mistaken) {
            return mistaken.problems().stream().map(DoctorCommand::finding).toList();
        }
    }

    private static Finding finding(Problem problem) {
        var where = problem.file() + (problem.line() > 0 ? ":" + problem.line() : "") + ":";
        var end = problem.message().indexOf("; ");
        return end < 0
                ? new Finding(
                        Fault.STUDY, where, problem.message(), "mend the study; `karuta validate` checks it whole")
                : new Finding(
                        Fault.STUDY,
                        where,
                        problem.message().substring(0, end),
                        problem.message().substring(end + 2));
    }

    private String text(List<Finding> findings) {
        if (json) {
            return json(findings);
        }
        var text = new StringBuilder();
        findings.forEach(finding -> text.append(finding.isFault() ? "FAULT: " : "note: ")
                .append(finding.text())
                .append("\n\n"));
        var faults = findings.stream().filter(Finding::isFault).count();
        return text.append(faults == 0 ? "Nothing is wrong." : "Faults: " + faults + ".")
                .toString();
    }

    private static String json(List<Finding> findings) {
        var all = new JsonArray();
        findings.forEach(finding -> {
            var one = new JsonObject();
            one.addProperty("fault", finding.fault().id());
            one.addProperty("wrong", finding.isFault());
            one.addProperty("where", finding.where());
            one.addProperty("what", finding.what());
            one.addProperty("cure", finding.cure());
            all.add(one);
        });
        var root = new JsonObject();
        root.add("findings", all);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(root);
    }
}
