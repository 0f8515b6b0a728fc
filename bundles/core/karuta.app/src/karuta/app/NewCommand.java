package karuta.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.project.NewProject;
import karuta.project.ProjectKind;
import karuta.project.ProjectName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of a strategy of one's own. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {"Write the project of a strategy of your own: a working one, its test, and what builds it.", ""},
        footer = {
            "",
            "KIND is selector, pool, fusion, learner, baseline, benchmark, scorer, encoder or backbone.",
            "",
            "Examples:",
            "  karuta new selector my.lab.nearest            into the new folder my.lab.nearest",
            "  karuta new pool my.lab.keys --dir ~/keys      into another one",
            "  karuta build-strategy my.lab.nearest          builds it without Maven"
        })
final class NewCommand implements Runnable {

    private final Strategies strategies;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "KIND", description = "What it is.")
    private String kind = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Its Java package; the last word is its id in a study, and its class.")
    private String name = "";

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            description = "The project's folder, which is made; NAME if left out.")
    private Optional<Path> folder = Optional.empty();

    NewCommand(Strategies strategies, Terminal terminal) {
        this.strategies = strategies;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var of = ProjectKind.of(kind);
        var called = new ProjectName(name);
        refuseTaken(of, called);
        var karuta = Karutas.running();
        var place = folder.orElseGet(() -> Path.of(called.text()));
        var files = NewProject.write(place, of, called, karuta);
        terminal.say("wrote the " + of.word() + " \"" + called.id() + "\" to " + place + "; it is in");
        terminal.say("  " + files.get(0));
        terminal.say("next:");
        terminal.say(
                "  karuta build-strategy " + place + " --install     (or `mvn package` there, which tests it, too)");
        terminal.say("  karuta strategies " + of.word() + "." + called.id());
        if (!Files.isDirectory(karuta.repository())) {
            terminal.warn("this Karuta brings no Maven repository (" + karuta.repository()
                    + "): `mvn package` will not find it, `karuta build-strategy` does");
        }
    }

    /** Of two strategies with one id, no study could say which it means. */
    private void refuseTaken(ProjectKind of, ProjectName called) {
        var engine = Kind.ofWord(of.word()).orElseThrow();
        strategies.types().stream()
                .filter(type -> type.kind() == engine && type.id().equals(called.id()))
                .filter(type -> !type.source().bundle().equals(called.text()))
                .findFirst()
                .ifPresent(type -> {
                    throw new KarutaException(
                            "There is a " + type.name() + " already, of "
                                    + type.source().describe() + ".",
                            "Call yours otherwise: the last word of the name is the id that studies use.");
                });
    }
}
