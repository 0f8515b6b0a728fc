package karuta.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.archive.age.Recipient;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.pool.PoolFiles;
import karuta.archive.ssh.SshKey;
import karuta.archive.trust.Member;
import karuta.archive.trust.Role;
import karuta.archive.trust.Roles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells who may change a pool. */
@Command(
        name = "roles",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Who may change a pool, by which SSH key, and who can open its cards where they are encrypted. An owner may do"
                    + " everything; an author learns, replaces, renames and removes cards of his own; a reader asks. From the first roles on every revision must be signed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta pool roles set \"Ada <ada@example.org>\" --role owner --key ~/.ssh/id_ed25519.pub --sign ~/.ssh/id_ed25519",
            "  karuta pool roles set \"Ben <ben@example.org>\" --role author --key ben.pub",
            "  karuta pool roles remove ben@example.org"
        })
final class PoolRolesCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private PoolOptions pool = new PoolOptions();

    private PoolRolesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine of(Terminal terminal) {
        return new CommandLine(new PoolRolesCommand(terminal))
                .addSubcommand(new SetRole(terminal))
                .addSubcommand(new RemoveRole(terminal));
    }

    @Override
    public void run() {
        try (var repository = pool.read()) {
            var files = pool.files(repository);
            var readers = files.recipients();
            var members = Roles.of(files.snapshot()).map(Roles::members).orElse(List.of());
            if (members.isEmpty()) {
                terminal.say("the pool has no roles: whoever can write its files can change it");
            } else {
                Columns.of(table(members, readers)).forEach(terminal.out()::println);
            }
            strangers(members, readers)
                    .forEach(reader -> terminal.say("opens the cards and has no role: " + reader.key()
                            + (reader.name().isEmpty() ? "" : ", " + reader.name())));
        }
    }

    /** By which key of age somebody opens the cards stands there where they are encrypted. */
    private static List<List<String>> table(List<Member> members, List<Recipient> readers) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(List.of("role", "who", "key"), "opens the cards by", readers));
        members.forEach(member -> rows.add(row(
                List.of(
                        member.role().toString(),
                        member.person().toString(),
                        member.key().type() + " " + member.key().fingerprint()),
                keys(member.person().mail(), readers),
                readers)));
        return rows;
    }

    private static List<String> row(List<String> always, String opens, List<Recipient> readers) {
        return Stream.concat(always.stream(), Stream.of(opens).filter(cell -> !readers.isEmpty()))
                .toList();
    }

    private static String keys(String mail, List<Recipient> readers) {
        var keys = readers.stream()
                .filter(reader -> reader.isOf(mail))
                .map(Recipient::key)
                .collect(Collectors.joining(" "));
        return keys.isEmpty() ? "no recipient is known" : keys;
    }

    private static List<Recipient> strangers(List<Member> members, List<Recipient> readers) {
        return readers.stream()
                .filter(reader -> members.stream()
                        .noneMatch(member -> reader.isOf(member.person().mail())))
                .toList();
    }

    /** Gives somebody a role. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = {
                "Give somebody a role in a pool, or another one, or other keys. Who gives the first one is the owner.",
                ""
            })
    private static final class SetRole implements Runnable {

        private final Terminal terminal;

        @Mixin
        private PoolChange pool = new PoolChange();

        @Parameters(paramLabel = "WHO", description = "As in revisions: \"Ben Ash <ben@example.org>\".")
        private String who = "";

        @Option(names = "--role", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
        private Role role = Role.READER;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                required = true,
                description = "A file of public SSH keys, ed25519 or RSA; all of them are that person's.")
        private Path key = Path.of("");

        private SetRole(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            var person = Author.parse(who);
            var keys = SshKey.read(key);
            var revision =
                    pool.make(files -> change(files, person, keys), "Makes " + person + " " + role.withArticle());
            terminal.say("revision " + revision + ": " + person + " is " + role.withArticle());
        }

        private Change change(PoolFiles files, Author person, List<SshKey> keys) {
            return Roles.of(files.snapshot())
                    .map(roles -> roles.with(person, role, keys))
                    .orElseGet(() -> first(person, keys))
                    .change();
        }

        private Roles first(Author person, List<SshKey> keys) {
            if (role != Role.OWNER) {
                throw new KarutaException(
                        "The pool has no roles yet, and the first one cannot be that of " + role.withArticle() + ".",
                        "Give yourself the role of an owner first: --role " + Role.OWNER + ".");
            }
            return Roles.of(person, keys);
        }
    }

    /** Takes somebody's role away. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {
                "Take somebody's role away. What that person has made stays; encrypted cards are closed to a reader by \"karuta"
                        + " pool protect\".",
                ""
            })
    private static final class RemoveRole implements Runnable {

        private final Terminal terminal;

        @Mixin
        private PoolChange pool = new PoolChange();

        @Parameters(paramLabel = "MAIL", description = "The address that the role is given to.")
        private String mail = "";

        private RemoveRole(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void run() {
            var revision = pool.make(
                    files -> Roles.of(files.snapshot())
                            .orElseThrow(() -> new KarutaException(
                                    "The pool has no roles.", "\"karuta pool roles set\" gives the first one."))
                            .without(mail)
                            .change(),
                    "Takes the role of " + mail + " away");
            terminal.say("revision " + revision + ": " + mail + " has no role");
        }
    }
}
