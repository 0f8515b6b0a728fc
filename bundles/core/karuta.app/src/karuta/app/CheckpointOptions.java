package karuta.app;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.engine.run.CheckpointPace;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How often a run keeps where it stands within a stage. */
final class CheckpointOptions {

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "S",
            description =
                    "Keep where a run stands within a stage every so many seconds, for one that is killed; at most a"
                            + " fiftieth of the time goes into it (default: 60; 0: after every step).")
    private Optional<Double> seconds = Optional.empty();

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            description = "Keep it after every N steps of a stage instead.")
    private Optional<Integer> steps = Optional.empty();

    /** As they were given. */
    List<String> arguments() {
        return Stream.concat(
                        seconds.stream().flatMap(given -> Stream.of("--checkpoint-seconds", given.toString())),
                        steps.stream().flatMap(given -> Stream.of("--checkpoint-steps", given.toString())))
                .toList();
    }

    /** @throws ParameterException if both are given, or a number makes no sense */
    CheckpointPace pace(CommandSpec spec) {
        if (seconds.isPresent() && steps.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--checkpoint-seconds and --checkpoint-steps exclude each other");
        }
        if (seconds.filter(given -> !(given >= 0)).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--checkpoint-seconds must be at least 0, not " + seconds.get());
        }
        if (steps.filter(given -> given < 1).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--checkpoint-steps must be at least 1, not " + steps.get());
        }
        return steps.map(CheckpointPace::every)
                .or(() -> seconds.map(CheckpointPace::every))
                .orElse(CheckpointPace.DEFAULT);
    }
}
