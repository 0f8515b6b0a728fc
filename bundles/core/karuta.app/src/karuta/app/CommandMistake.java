package karuta.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.yaml.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A mistake on the command line, in words: what is wrong, and what was probably meant. */
final class CommandMistake {

    private static final Map<Class<?>, String> TYPES = Map.of(
            int.class, "a whole number",
            long.class, "a whole number",
            double.class, "a number");

    /** What commands were called before, and are called now. */
    private static final Map<String, String> RENAMED = Map.of("cards", "export-tasks");

    private CommandMistake() {}

    static String describe(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(
                    unmatched.getCommandLine(), unmatched.getUnmatched().get(0));
        }
        return value(mistake).orElseGet(mistake::getMessage);
    }

    private static String unmatched(CommandLine command, String word) {
        if (word.startsWith("-")) {
            return "there is no option \"" + word + "\"" + Suggestion.hint(word, options(command));
        }
        if (RENAMED.containsKey(word) && command.getSubcommands().containsKey(RENAMED.get(word))) {
            return "the command \"" + word + "\" is called \"" + RENAMED.get(word) + "\" now";
        }
        if (!command.getSubcommands().isEmpty()) {
            return "there is no command \"" + word + "\""
                    + Suggestion.hint(word, List.copyOf(command.getSubcommands().keySet()));
        }
        return "`" + command.getCommandSpec().qualifiedName() + "` does not know what to do with \"" + word + "\"";
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    /** A text where a number is meant. */
    private static Optional<String> value(ParameterException mistake) {
        return Optional.ofNullable(mistake.getArgSpec())
                .filter(arg -> mistake.getValue() != null && TYPES.containsKey(arg.type()))
                .map(arg -> name(arg) + " takes " + TYPES.get(arg.type()) + ", not \"" + mistake.getValue() + "\"");
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
