package karuta.serve.http;

import static karuta.serve.http.Wire.CHAT;
import static karuta.serve.http.Wire.chat;
import static karuta.serve.http.Wire.json;
import static karuta.serve.http.Wire.refused;
import static karuta.serve.http.Wire.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.files.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and what. */
@Timeout(120)
class TokensTest {

    @TempDir
    private Path folder;

    private TestSite site;

    @BeforeEach
    void open() throws IOException {
        site = new TestSite(Optional.of(TestSite.tokens(folder)), Optional.empty());
    }

    @AfterEach
    void close() {
        site.close();
    }

    private HttpResponse<String> as(String role, String path) {
        return site.as(role, path);
    }

    @Test
    void eachTokenMayWhatItsRoleMay() {
        refused(401, "invalid_api_key", site.get("/v1/models"));
        refused(401, "invalid_api_key", site.get("/api/pool"));
        refused(401, "invalid_api_key", site.post(CHAT, chat(user("\"Hello\""))));
        refused(401, "invalid_api_key", as("nobody", "/v1/models"));
        refused(401, "invalid_api_key", as("nobody", "/health"));
        assertEquals(200, as("asker", "/v1/models").statusCode());
        assertEquals(200, as("asker", "/api/pool").statusCode());
        refused(403, "forbidden", as("asker", "/metrics"));
        refused(403, "forbidden", as("learner", "/metrics"));
        assertEquals(200, as("admin", "/metrics").statusCode());
    }

    @Test
    void whatIsWrongIsToldToAdminsAlone() {
        site.health.trouble("pool", "The revision 17 is damaged.");
        assertEquals("troubled", json(site.get("/health")).get("status").getAsString());
        assertFalse(site.get("/health").body().contains("damaged"));
        assertFalse(as("asker", "/health").body().contains("damaged"));
        assertTrue(as("admin", "/health").body().contains("The revision 17 is damaged."));
        site.ending.set(true);
        assertEquals(503, site.get("/health/ready").statusCode());
        assertEquals(200, site.get("/health/live").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada asker",
                "ada king 0000000000000000000000000000000000000000000000000000000000000000",
                "ada asker 00",
                ""
            })
    void aTokenFileThatIsNoneIsRefused(String line) throws IOException {
        var file = Files.writeString(folder.resolve("tokens"), line);
        assertThrows(KarutaException.class, () -> TokenFile.read(file));
    }

    @Test
    void aTokenFileThatOthersMayWriteToIsRefused() throws Exception {
        var file = Files.writeString(folder.resolve("tokens"), "ada admin " + Sha256.of("x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        assertThrows(KarutaException.class, () -> TokenFile.read(file));
    }
}
