package karuta.serve.http;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import karuta.archive.git.Author;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Standing;
import karuta.files.Sha256;
import karuta.serve.desk.Desk;
import karuta.serve.desk.Limits;
import karuta.serve.desk.Parrot;
import karuta.serve.jetty.Connectors;
import karuta.serve.jetty.Listening;
import karuta.serve.pool.Health;
import karuta.serve.pool.PoolFacts;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** The site in a Jetty of its own, with a parrot behind it. */
final class TestSite implements AutoCloseable {

    static final int MOST_BYTES = 200_000;
    static final int MOST_PIXELS = 10_000;
    static final int MOST_CHARACTERS = 5_000;

    final Parrot parrot = new Parrot("0123456789012345678901234567890123456789");
    final Health health = new Health();
    final AtomicBoolean ending = new AtomicBoolean();
    final Desk desk;
    final int port;

    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();

    TestSite(Optional<TokenFile> tokens, Optional<AuditLog> audit) {
        this(tokens, audit, List.of(), Duration.ofSeconds(1));
    }

    /** @param slow how long a request may stand still: on a busy machine the first one does */
    TestSite(Optional<TokenFile> tokens, Optional<AuditLog> audit, List<Annex> annexes, Duration slow) {
        var site = new Site.Builder(audit, annexes);
        desk = new Desk(parrot, new Limits(4, 4, Duration.ofSeconds(3)), site.watcher());
        var asking = new Asking(
                desk,
                new Body(MOST_BYTES, Duration.ofSeconds(2)),
                new Images(MOST_PIXELS),
                new Memory(50_000_000),
                MOST_CHARACTERS);
        var built = site.build(asking, new Toy(), health, ending::get, () -> tokens, new Hosts(true));
        var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        built.servlets().forEach((pattern, servlet) -> context.addServlet(new ServletHolder(servlet), pattern));
        context.addFilter(new FilterHolder(built.gate()), Site.ALL, EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        var listening = new Listening("127.0.0.1", 0, slow, Duration.ofSeconds(3), 50);
        var connector = new Connectors(listening, Site.HEADERS).create(server);
        server.addConnector(connector);
        try {
            server.start();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        port = connector.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A file with a token for each role, {@code secret of asker} for instance. */
    static TokenFile tokens(Path folder) throws IOException {
        var lines = new ArrayList<String>(List.of("# who may call"));
        for (var role : Role.values()) {
            var word = role.name().toLowerCase(Locale.ROOT);
            lines.add(word + "-token " + word + " " + Sha256.of("secret of " + word));
        }
        var file = Files.write(folder.resolve("tokens"), lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return TokenFile.read(file);
    }

    HttpResponse<String> as(String role, String path) {
        return send(request(path).header("Authorization", "Bearer secret of " + role));
    }

    /** Sends bytes as they are, and gives all that comes back until the connection ends. */
    String raw(byte[] bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A PNG of so many pixels, of one colour. */
    static String png(int width, int height) throws IOException {
        var image = new java.awt.image.BufferedImage(width, height, java.awt.image.BufferedImage.TYPE_INT_RGB);
        var out = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "png", out);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }

    @Override
    public void close() {
        try {
            parrot.release();
            desk.close();
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A pool without cards. */
    static final class Toy implements PoolFacts {

        @Override
        public String name() {
            return "team";
        }

        @Override
        public Revision revision() {
            return new Revision(
                    "0123456789012345678901234567890123456789",
                    new Author("Ada", "ada@example.org"),
                    Instant.EPOCH,
                    "Learned birds",
                    List.of());
        }

        @Override
        public List<CardRecord> cards() {
            return List.of();
        }

        @Override
        public long openings() {
            return 1;
        }

        @Override
        public List<Revision> history(int most) {
            return List.of(revision());
        }

        @Override
        public Map<String, Standing.Scores> standing() {
            return Map.of(revision().id(), new Standing.Scores(Map.of("birds", 12.5), Map.of("birds", 80.0)));
        }
    }
}
