package karuta.serve.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.catalog.HotDropins;
import karuta.serve.desk.Desk;
import karuta.serve.http.Annex;
import karuta.serve.http.Asking;
import karuta.serve.http.AuditLog;
import karuta.serve.http.Body;
import karuta.serve.http.Hosts;
import karuta.serve.http.Images;
import karuta.serve.http.Memory;
import karuta.serve.http.Site;
import karuta.serve.http.TokenFile;
import karuta.serve.jetty.Listening;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolKeeper;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool in service: answers until it is closed, and follows the pool and its strategies meanwhile. */
public final class Service implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Service.class);

    private static final int CONNECTIONS = 512;

    /** Threads beside those whose requests wait at the desk: some that refuse, tell how all is, and listen. */
    private static final int MORE_THREADS = 40;

    /** Of Java's memory, what requests may hold. */
    private static final int SHARE = 4;

    private static final long EVERY_MILLIS = 500;

    private final Settings settings;
    private final PoolKeeper pool;
    private final HotDropins dropins;
    private final Health health;
    private final Optional<AuditLog> audit;
    private final Desk desk;
    private final Mounted mounted;
    private final Thread rounds = new Thread(this::follow, "karuta serve");
    private volatile Optional<TokenFile> tokens;
    private volatile boolean ending;

    /**
     * Begins to serve.
     *
     * @param pool opened; closed by the service
     * @param dropins followed while it runs
     * @param annexes what is built on
     * @throws KarutaException if it cannot listen, or anybody could call it from elsewhere
     */
    public Service(
            BundleContext context,
            Settings settings,
            PoolKeeper pool,
            HotDropins dropins,
            Health health,
            List<Annex> annexes) {
        this.settings = settings;
        this.pool = pool;
        this.dropins = dropins;
        this.health = health;
        var local = isLocal(settings.host());
        if (!local && settings.tokens().isEmpty()) {
            throw new KarutaException(
                    "Anybody who reaches " + settings.host() + " could call this service.",
                    "Say by --tokens FILE who may, or leave --host out: then only this machine reaches it.");
        }
        tokens = settings.tokens().map(TokenFile::read);
        audit = settings.audit().map(wanted -> new AuditLog(wanted, InstantSource.system(), health));
        var site = new Site.Builder(audit, annexes);
        desk = new Desk(pool.answerer(), settings.limits(), site.watcher());
        var asking = new Asking(
                desk,
                new Body(settings.requestBytes(), settings.slow().multipliedBy(2)),
                new Images(settings.pixels()),
                new Memory(Runtime.getRuntime().maxMemory() / SHARE),
                settings.characters());
        try {
            mounted = new Mounted(
                    context,
                    site.build(asking, pool, health, () -> ending, () -> tokens, new Hosts(local)),
                    new Listening(
                            settings.host(),
                            settings.port(),
                            settings.slow(),
                            settings.limits().patience(),
                            CONNECTIONS),
                    Site.HEADERS,
                    settings.limits().queue() + settings.limits().batch() + MORE_THREADS);
        } catch (RuntimeException refused) {
            desk.close();
            audit.ifPresent(AuditLog::close);
            throw refused;
        }
        rounds.setDaemon(true);
        rounds.start();
    }

    private static boolean isLocal(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new KarutaException(
                    "There is no interface " + host + ".", "Name an address of this machine.", unknown);
        }
    }

    /** Where it listens. */
    public int port() {
        return mounted.port();
    }

    /** How it is. */
    public Health health() {
        return health;
    }

    private void follow() {
        while (!ending) {
            try {
                Thread.sleep(EVERY_MILLIS);
                settings.tokens().ifPresent(file -> told("tokens", () -> tokens = Optional.of(TokenFile.read(file))));
                told(
                        "dropins",
                        () -> dropins.look().ifPresent(words -> {
                            throw new KarutaException(words, "The others go on.");
                        }));
                pool.look().ifPresent(next -> {
                    desk.swap(next);
                    log.info("revision {} answers from now on", next.revision());
                });
                if (pool.settled()) {
                    dropins.sweep();
                }
            } catch (InterruptedException over) {
                return;
            } catch (RuntimeException | Error unforeseen) {
                log.error("the service does not follow its pool at this moment", unforeseen);
            }
        }
    }

    private void told(String with, Runnable step) {
        try {
            step.run();
            health.well(with);
        } catch (KarutaException wrong) {
            health.trouble(with, String.valueOf(wrong.getMessage()));
        }
    }

    /** Answers what has been asked, refuses the rest, and ends. */
    @Override
    public void close() {
        ending = true;
        rounds.interrupt();
        try {
            rounds.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        desk.close();
        mounted.close();
        audit.ifPresent(AuditLog::close);
        pool.close();
    }
}
