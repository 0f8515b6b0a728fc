package karuta.engine.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.Sha256;
import karuta.files.WholeFile;
import karuta.study.SlurmJob;
import karuta.study.Study;
import karuta.study.file.SbatchOption;

/**
 * An array job of Slurm whose tasks take runs from a study, each the next one that nobody has. Slurm sends SIGUSR1 two
 * minutes before a task's time is over; then, and upon SIGTERM, the task keeps what it has and is put back into the queue.
 *
 * @param study its name
 * @param words of {@code karuta run}: the study's file, as every folder can name it, and all but the folder of the runs
 * @param out the folder of the runs, which all nodes must see
 * @param tasks how many there are
 * @param options what sbatch is told beside
 */
public record SlurmArray(String study, List<String> words, Path out, int tasks, Map<String, String> options) {

    private static final long PATIENCE_SECONDS = 60;

    /** Of an array of which nobody says how many it has. */
    private static final int TASKS = 8;

    /** The environment of whoever submits is that of the tasks, as far as Karuta heeds it. */
    private static final List<String> ENVIRONMENT = List.of(
            "JAVA_HOME",
            "KARUTA_CACHE",
            "KARUTA_CACHE_LIMIT",
            "KARUTA_DROPINS",
            "KARUTA_THREADS",
            "KARUTA_LIBTORCH",
            "KARUTA_COCO_CAPTION",
            "KARUTA_JAVA_OPTS",
            "NVIDIA_TF32_OVERRIDE");

    private static final String SCRIPT = """
            #!/bin/sh
            # Written by `karuta run --launcher slurm`; `sbatch` of this file again goes on with what is missing.
            %s
            set -u
            %s
            again=
            # shellcheck disable=SC2329 # the traps call it
            leave() {
                again=yes
                kill -TERM "$karuta" 2>/dev/null # it keeps what it has
            }
            %s &
            karuta=$!
            trap leave USR1 TERM
            while :; do # a signal ends the wait, not Karuta
                before=$again
                wait "$karuta" && code=0 || code=$?
                [ "$again" = "$before" ] && break
            done
            if [ -n "$again" ] && [ "$code" -ne 0 ]; then
                task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
                # One that was cancelled, or that Slurm itself puts back, is not running any more.
                case $(scontrol show job "$task" 2>/dev/null) in
                    *JobState=RUNNING*) echo "karuta: task $task is put back into the queue" && scontrol requeue "$task" && sleep 60 ;;
                esac
            fi
            exit "$code"
            """;

    /**
     * The job of a study as its file asks for it, unless the command line says otherwise.
     *
     * @param runs how many it has; there are no more tasks
     * @param tasks of the command line
     * @param options of the command line, beside those of the file
     */
    public static SlurmArray of(
            Study study, List<String> words, Path out, int runs, OptionalInt tasks, Map<String, String> options) {
        var asked = Optional.ofNullable(study.getSlurm());
        var all = new LinkedHashMap<String, String>();
        asked.map(SlurmJob::getOptions)
                .ifPresent(given -> given.forEach(
                        option -> all.put(option.getKey(), option.texts().get(0))));
        all.putAll(options);
        var most = tasks.orElseGet(
                () -> asked.filter(SlurmJob::isSetTasks).map(SlurmJob::getTasks).orElse(TASKS));
        return new SlurmArray(study.getName(), words, out, Math.min(most, runs), all);
    }

    /** What tells a study from the same after a change, for the tasks that begin later. */
    public static String hash(String study) {
        return Sha256.of(study);
    }

    /** @throws KarutaException if there is no Slurm, or an option is none */
    public void demand() {
        options.forEach((name, value) -> {
            if (!SbatchOption.fits(name, value)) {
                throw new KarutaException(
                        "\"" + name + "=" + value + "\" is no option of sbatch.",
                        "Give its long name without dashes, such as partition=gpu or time=4:00:00.");
            }
        });
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        if (Stream.of(path.split(":")).noneMatch(folder -> Files.isExecutable(Path.of(folder, "sbatch")))) {
            throw new KarutaException(
                    "There is no Slurm here: the program sbatch is not on the path.",
                    "Call this on a machine that submits jobs (where `sinfo` works), or leave --launcher out; several"
                            + " processes may carry out one study in one folder without Slurm, too.");
        }
    }

    /**
     * Writes the job and submits it.
     *
     * @return what a person should know
     * @throws KarutaException if Slurm refuses it
     */
    public String submit() {
        try {
            var folder = Access.PRIVATE.folders(out.toAbsolutePath().resolve(".slurm"));
            var time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
            var script = folder.resolve(study + "-" + time + ".sh");
            WholeFile.ofOwner(script).write(script(folder));
            var id = sbatch(script).split(";")[0].strip();
            return "Submitted job " + id + ", " + tasks + (tasks == 1 ? " task" : " tasks") + "; it is " + script
                    + "\n  squeue -j " + id + "          what the tasks do; they say it in " + folder
                    + "\n  karuta watch " + out + "     how far the runs are"
                    + "\n  karuta table " + out + "     the tables, when they are there";
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private String script(Path folder) {
        var told = new ArrayList<String>();
        told.add("job-name=karuta-" + study);
        told.add("array=0-" + (tasks - 1));
        told.add("signal=B:USR1@120");
        told.add("output=" + spaced(folder.resolve(study + "-%A_%a.log").toString()));
        options.forEach((name, value) -> {
            told.removeIf(line -> line.startsWith(name + "="));
            told.add(value.isEmpty() ? name : name + "=" + spaced(value));
        });
        told.add("open-mode=append");
        told.add("requeue");
        var directives = told.stream().map(line -> "#SBATCH --" + line).collect(Collectors.joining("\n"));
        var environment = ENVIRONMENT.stream()
                .filter(name -> System.getenv(name) != null)
                .map(name -> "export " + name + "=" + quoted(System.getenv(name)))
                .collect(Collectors.joining("\n"));
        var karuta =
                Path.of(System.getProperty("karuta.home", "")).toAbsolutePath().resolve("karuta");
        var command = Stream.of(
                        Stream.of(karuta.toString(), "run"),
                        words.stream(),
                        Stream.of("--out", out.toAbsolutePath().toString()))
                .flatMap(part -> part)
                .map(SlurmArray::quoted)
                .collect(Collectors.joining(" "));
        return SCRIPT.formatted(directives, environment, command);
    }

    private static String spaced(String value) {
        return value.contains(" ") ? "\"" + value + "\"" : value;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String sbatch(Path script) throws IOException {
        var process = new ProcessBuilder("sbatch", "--parsable", script.toString()).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw refused("it does not answer", script);
            }
        } catch (InterruptedException ended) {
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while waiting for sbatch", ended);
        }
        if (process.exitValue() != 0) {
            throw refused(text(process.getErrorStream().readAllBytes()), script);
        }
        return text(process.getInputStream().readAllBytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static KarutaException refused(String why, Path script) {
        return new KarutaException(
                "Slurm did not take the job: " + why,
                "Mend that, by --slurm-option for instance; what was submitted is " + script + ".");
    }
}
