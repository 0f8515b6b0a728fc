package karuta.app;

import java.util.List;
import java.util.OptionalDouble;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.study.file.StudySchema;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of study files. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Print the JSON Schema of study files, with all strategies that are installed, for editors that complete"
                    + " and check YAML.",
            ""
        },
        footer = {"", "Example:", "  karuta schema > study.schema.json"})
final class SchemaCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    SchemaCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.say(StudySchema.of(
                        strategies.types().stream().map(SchemaCommand::strategy).toList())
                .stripTrailing());
    }

    private static StudySchema.Strategy strategy(StrategyType type) {
        return new StudySchema.Strategy(
                type.kind().key(),
                type.id(),
                type.description(),
                type.options().stream().map(SchemaCommand::option).toList());
    }

    private static StudySchema.Option option(OptionType option) {
        return new StudySchema.Option(
                option.name(),
                option.description(),
                switch (option.form()) {
                    case TEXT -> StudySchema.Type.TEXT;
                    case WHOLE -> StudySchema.Type.WHOLE;
                    case NUMBER -> StudySchema.Type.NUMBER;
                    case FLAG -> StudySchema.Type.TRUTH;
                },
                option.many(),
                option.defaults().orElse(List.of()),
                option.limits().least().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                option.limits().most().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                option.choices());
    }
}
