package karuta.app;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import karuta.api.KarutaException;
import karuta.archive.trust.Memory;
import karuta.engine.catalog.HotDropins;
import karuta.engine.features.CacheFolder;
import karuta.engine.run.CancellationToken;
import karuta.files.Access;
import karuta.files.TemporaryFolder;
import karuta.serve.desk.Limits;
import karuta.serve.feedback.FeedbackAnnex;
import karuta.serve.http.Audit;
import karuta.serve.monitor.MonitorAnnex;
import karuta.serve.page.PageAnnex;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolKeeper;
import karuta.serve.service.Service;
import karuta.serve.service.Settings;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a pool over HTTP. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Let programs and people ask a pool over HTTP: as OpenAI's chat completions (/v1) and by an interface of its own (/api)."
                    + " New revisions of the pool and new jars in the dropins folder count while it runs.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta serve --pool team.pool                                for this machine: http://localhost:8080 is a page",
            "  karuta serve --pool team.pool --feedback said                and take down what users say of answers",
            "  karuta serve --pool team.pool --host 0.0.0.0 --tokens who    for others, who show a token",
            "",
            "Ctrl-C ends it: what has been asked is answered."
        })
final class ServeCommand implements Runnable {

    private static final int MEGABYTE = 1 << 20;
    private static final long POLL_MILLIS = 200;

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Where it listens (default: ${DEFAULT-VALUE}, this machine alone).",
            defaultValue = "127.0.0.1")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "0 takes any that is free (default: ${DEFAULT-VALUE}).",
            defaultValue = "8080")
    private int port = 8080;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description =
                    "Who may call: a line NAME ROLE SHA256 for each token; the roles are asker, learner and admin.")
    private Optional<Path> tokens = Optional.empty();

    @Option(
            names = "--abstain",
            paramLabel = "SHARE%",
            arity = "0..1",
            parameterConsumer = ShareOption.class,
            description =
                    "Do not answer where no card is like the question; see \"karuta ask --help\" (5%% if no share is given).")
    private Optional<Double> abstain = Optional.empty();

    @Option(names = "--audit", paramLabel = "FILE", description = "Write down who asked when and which cards answered.")
    private Optional<Path> audit = Optional.empty();

    @Option(names = "--audit-contents", description = "Write down questions and answers, too.")
    private boolean contents;

    @Option(
            names = "--audit-mb",
            paramLabel = "N",
            description =
                    "A file of it may have so many megabytes, then another one is begun (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int auditMegabytes = 64;

    @Option(
            names = "--audit-days",
            paramLabel = "N",
            description = "A file of it is written for so many days (default: ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private int auditDays = 30;

    @Option(
            names = "--audit-files",
            paramLabel = "N",
            description = "There may be so many files; the oldest one is removed (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int auditFiles = 10;

    @Option(
            names = "--feedback",
            paramLabel = "FOLDER",
            description = "Take down what users say of answers, as tasks to learn from.")
    private Optional<Path> feedback = Optional.empty();

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "So many questions may wait (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int queue = 64;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "So many are answered together at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int batch = 16;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "A question gets its answer within this time, or none (default: ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private int patience = 30;

    @Option(
            names = "--slow",
            paramLabel = "SECONDS",
            description = "A request may stand still for so long while it comes (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int slow = 15;

    @Option(
            names = "--request-mb",
            paramLabel = "N",
            description = "A request may have so many megabytes (default: ${DEFAULT-VALUE}).",
            defaultValue = "8")
    private int requestMegabytes = 8;

    @Option(
            names = "--pixels",
            paramLabel = "N",
            description = "An image may have so many pixels (default: ${DEFAULT-VALUE}).",
            defaultValue = "16000000")
    private long pixels = 16_000_000;

    @Option(
            names = "--characters",
            paramLabel = "N",
            description =
                    "A question may have so many characters, with what was said before (default: ${DEFAULT-VALUE}).",
            defaultValue = "20000")
    private int characters = 20_000;

    @Option(names = "--json", description = "Say where it listens as a line of JSON.")
    private boolean json;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        TerminalLog.tellFailures(terminal);
        var parent = CacheFolder.ofUser().path().toAbsolutePath().getParent();
        try (var own = TemporaryFolder.in(Access.PRIVATE.folders(parent), "serve-")) {
            serve(own.path());
        } catch (IOException unwritable) {
            throw new KarutaException(
                    parent + " cannot be written: " + unwritable.getMessage() + ".",
                    "Set KARUTA_CACHE to a folder that you may write.",
                    unwritable);
        }
    }

    /** @param features where they are kept of what is asked: it is nobody else's, and gone when the service ends */
    private void serve(Path features) {
        var settings = settings();
        var health = new Health();
        var context = FrameworkUtil.getBundle(ServeCommand.class).getBundleContext();
        var dropins = context.getService(context.getServiceReference(HotDropins.class));
        var keeper = new PoolKeeper(pool.folder(), pool.identities(), abstain, dropins.strategies(), features, health);
        ToIntFunction<CancellationToken> serve = stop -> {
            try (var said = new FeedbackAnnex(InstantSource.system(), feedback);
                    var monitor = monitor(keeper, health);
                    var service = new Service(
                            context, settings, keeper, dropins, health, List.of(monitor, said, new PageAnnex()))) {
                tell(service, keeper);
                while (!stop.raised()) {
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            }
            return 0;
        };
        Interrupt.around(terminal, "ending once all that was asked is answered", serve);
    }

    private MonitorAnnex monitor(PoolKeeper keeper, Health health) {
        var state = Memory.ofUser().folder().resolveSibling("monitor");
        return new MonitorAnnex(InstantSource.system(), keeper, pool.folder(), state, health);
    }

    private Settings settings() {
        if (queue < 1
                || batch < 1
                || patience < 1
                || slow < 1
                || requestMegabytes < 1
                || requestMegabytes > 512
                || pixels < 1
                || characters < 1
                || auditMegabytes < 1
                || auditDays < 1
                || auditFiles < 1
                || port < 0
                || port > 65_535) {
            throw new KarutaException(
                    "A limit is out of range.",
                    "--queue, --batch, --patience, --slow, --pixels, --characters and those of --audit are at least 1, --request-mb 1 to 512,"
                            + " --port 0 to 65535.");
        }
        if (contents && audit.isEmpty()) {
            throw new KarutaException("--audit-contents needs a file to write to.", "Name one: --audit FILE.");
        }
        return new Settings(
                host,
                port,
                new Limits(queue, batch, Duration.ofSeconds(patience)),
                requestMegabytes * MEGABYTE,
                pixels,
                characters,
                Duration.ofSeconds(slow),
                tokens,
                audit.map(file -> new Audit(
                        file, contents, (long) auditMegabytes * MEGABYTE, Duration.ofDays(auditDays), auditFiles)));
    }

    private void tell(Service service, PoolKeeper keeper) {
        var url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + service.port();
        if (json) {
            var line = new JsonObject();
            line.addProperty("url", url);
            line.addProperty("pool", keeper.name());
            line.addProperty("revision", keeper.revision().id());
            line.addProperty("pid", ProcessHandle.current().pid());
            terminal.say(line.toString());
        } else {
            terminal.say("The pool \"" + keeper.name() + "\" answers at " + url + " (revision "
                    + keeper.revision().shortId() + "). Ctrl-C ends it.");
        }
    }
}
