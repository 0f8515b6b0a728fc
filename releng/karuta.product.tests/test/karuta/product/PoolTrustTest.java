package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of two people who trust each other's keys, and nobody else. */
class PoolTrustTest {

    private static final String STUDY = """
            study: two
            seeds: [1]
            backbone: tiny
            encoder: tiny
            benchmark: {id: cards, train: 32, test: 10, seed: 1}
            tasks: [scienceqa, imagenet]
            training: {steps: 5, batch: 8, rate: 0.05}
            arms:
              dual: {learner: prompt, pool: {id: prototype, length: 4}, selector: {id: dual, k: 2}, fusion: concat}
            """;

    private static final String ADA = "Ada <ada@example.org>";
    private static final String BEN = "Ben <ben@example.org>";

    private static final List<String> POOL = List.of("--pool", "p");
    private static final List<String> BY_ADA = List.of("--pool", "p", "--author", ADA, "--sign", "ada");
    private static final List<String> BY_BEN = List.of("--pool", "p", "--author", BEN, "--sign", "ben");

    @TempDir
    private Path folder;

    @Test
    void aPoolIsChangedByItsMembersAlone() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "ssh-keygen"))),
                "the program ssh-keygen is not installed (Debian: apt-get install openssh-client)");
        Files.writeString(folder.resolve("two.yaml"), STUDY);
        for (var name : List.of("ada", "ben")) {
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name, "-C", name);
        }
        karuta(List.of(), "run", "two.yaml", "--out", "runs");
        karuta(BY_ADA, "pool", "import", "runs/two.dual.default.seed1");
        karuta(BY_ADA, "pool", "roles", "set", ADA, "--role", "owner", "--key", "ada.pub");
        karuta(BY_ADA, "pool", "roles", "set", BEN, "--role", "author", "--key", "ben.pub");
        assertTrue(karuta(POOL, "pool", "roles").contains("author  " + BEN));
        assertEquals("GGGG", git("-c", "gpg.ssh.allowedSignersFile=roles.txt", "log", "--format=%G?"));
        assertEquals("", open());

        refused("which is Ada <ada@example.org>'s", BY_BEN, "pool", "remove", "imagenet");
        refused("is not signed", BY_ADA.subList(0, 4), "pool", "rename", "imagenet", "things");
        refused("There is no key none", BY_ADA.subList(0, 4), "pool", "rename", "imagenet", "things", "--sign", "none");
        karuta(BY_ADA, "pool", "rename", "imagenet", "things");
        karuta(BY_ADA, "pool", "rollback", "HEAD~1");
        assertEquals("", open());
        assertTrue(karuta(POOL, "pool", "verify", "--all").contains("6 revisions were made by who may do that"));
        var answer = karuta(POOL, "ask", "What is this?");

        git("reset", "-q", "--hard", "HEAD~1");
        refused("this is an older copy of the pool", POOL, "pool", "verify");
        refused("this is an older copy of the pool", POOL, "ask", "What is this?");
        refused("this is an older copy of the pool", POOL, "data", task());
        assertTrue(karuta(POOL, "pool", "log").lines().skip(1).allMatch(line -> line.contains("Ada  Ada")));
        karuta(POOL, "pool", "verify", "--trust");
        karuta(POOL, "ask", "What is this?");

        git("reset", "-q", "--hard", "HEAD@{1}");
        assertEquals(answer, karuta(POOL, "ask", "What is this?"));
        git("-c", "user.name=Eve", "-c", "user.email=e@ve", "commit", "-q", "--allow-empty", "-m", "Eve was here");
        refused("(\"Eve was here\" by Eve <e@ve>) is not signed", POOL, "ask", "What is this?");
    }

    /** A task's folder, of texts alone. */
    private String task() throws IOException {
        var task = Files.createDirectories(folder.resolve("task"));
        Files.writeString(task.resolve("train.json"), """
                [{"id": "1", "conversations": [{"from": "human", "value": "Why?"}, {"from": "gpt", "value": "so"}]},
                 {"id": "2", "conversations": [{"from": "human", "value": "How?"}, {"from": "gpt", "value": "so"}]}]
                """);
        return "task";
    }

    /** Whatever in the pool others may do something with. */
    private String open() throws IOException {
        try (var files = Files.walk(folder.resolve("p"))) {
            var open = new StringBuilder();
            for (var file : files.toList()) {
                var rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                open.append(rights.endsWith("------") ? "" : rights + " " + file + "\n");
            }
            return open.toString();
        }
    }

    private void refused(String words, List<String> who, String... command) {
        var end = end(who, command);
        assertEquals(2, end.code(), end.out() + end.err());
        assertTrue(end.err().contains(words), end.err());
    }

    private String karuta(List<String> who, String... command) {
        var end = end(who, command);
        assertEquals(0, end.code(), end.out() + end.err());
        return end.out();
    }

    private Product.Result end(List<String> who, String... command) {
        var words = new ArrayList<>(List.of(command));
        words.addAll(who);
        return product().start(environment(), words.toArray(String[]::new)).end();
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), "KARUTA_SIGNING_KEY", "");
    }

    private Product product() {
        return Files.exists(folder.resolve("karuta"))
                ? new Product(folder.resolve("karuta"), folder.resolve("cache"))
                : Product.in(folder);
    }

    private String git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", folder.resolve("p").toString()));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new)).replace("\n", "");
    }

    private String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), words);
        return words;
    }
}
