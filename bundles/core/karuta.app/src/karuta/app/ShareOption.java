package karuta.app;

import java.util.Optional;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import karuta.use.ask.Abstention;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** A share in percent behind an option that may stand alone: what follows and is no share is not the option's. */
final class ShareOption implements IParameterConsumer {

    private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)%");
    private static final double PERCENT = 100;

    private ShareOption() {}

    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
        var share = arguments.isEmpty() ? Optional.<Double>empty() : share(arguments.peek());
        share.ifPresent(given -> arguments.pop());
        option.setValue(Optional.of(share.orElse(Abstention.SHARE)));
    }

    private static Optional<Double> share(String text) {
        return Optional.of(SHARE.matcher(text))
                .filter(Matcher::matches)
                .map(match -> Double.parseDouble(match.group(1)) / PERCENT);
    }
}
