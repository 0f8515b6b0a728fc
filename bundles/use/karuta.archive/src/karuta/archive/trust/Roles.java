package karuta.archive.trust;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.Snapshot;
import karuta.archive.ssh.SshKey;

/**
 * Who may do what: {@value #FILE}, which is also a file of allowed signers for git.
 *
 * @param members a line each
 */
public record Roles(List<Member> members) {

    /** The file in the pool. */
    public static final String FILE = "roles.txt";

    private static final String HEAD = """
            # Who may change this pool, by which key. Git takes it as gpg.ssh.allowedSignersFile.
            # "karuta pool roles" changes it; only an owner can.
            """;

    private static final Comparator<Member> ORDER = Comparator.comparing(Member::role)
            .thenComparing(member -> member.person().mail())
            .thenComparing(member -> member.key().base64());

    /** @throws KarutaException if there is no owner, a key is there twice, or somebody has two roles */
    public Roles {
        members = members.stream().sorted(ORDER).toList();
        if (members.stream().noneMatch(member -> member.role() == Role.OWNER)) {
            throw unfit("nobody is an owner", "Give somebody the role of an owner first.");
        }
        var keys = new HashSet<SshKey>();
        for (var member : members) {
            if (!keys.add(member.key())) {
                throw unfit(
                        "the key " + member.key().fingerprint() + " is there twice",
                        "A key says who has made a revision: everybody needs one of his own.");
            }
            if (of(members, member.person().mail()).stream()
                    .anyMatch(other ->
                            other.role() != member.role() || !other.person().equals(member.person()))) {
                throw unfit(
                        member.person().mail() + " is there with two roles or names", "Give each address one of them.");
            }
        }
    }

    private static KarutaException unfit(String why, String remedy) {
        return new KarutaException("These cannot be the roles of a pool: " + why + ".", remedy);
    }

    /**
     * The roles in a revision; empty if there are none.
     *
     * @throws KarutaException if the file is not as Karuta writes it
     */
    public static Optional<Roles> of(Snapshot snapshot) {
        return snapshot.read(FILE).map(Roles::parse);
    }

    private static Roles parse(byte[] file) {
        try {
            return new Roles(new String(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Member::parse)
                    .toList());
        } catch (IllegalArgumentException broken) {
            throw new KarutaException(
                    FILE + " of the pool is not as Karuta writes it: " + broken.getMessage() + ".",
                    "Let an owner change it by \"karuta pool roles\".",
                    broken);
        }
    }

    /** Roles of a pool that has none yet: somebody's who is an owner, with these keys. */
    public static Roles of(Author owner, List<SshKey> keys) {
        return new Roles(members(owner, Role.OWNER, keys));
    }

    /** With another role or other keys for somebody, or with somebody more. */
    public Roles with(Author person, Role role, List<SshKey> keys) {
        var all = others(person.mail());
        all.addAll(members(person, role, keys));
        return new Roles(all);
    }

    private static List<Member> members(Author person, Role role, List<SshKey> keys) {
        return keys.stream().map(key -> new Member(person, role, key)).toList();
    }

    /**
     * Without somebody.
     *
     * @throws KarutaException if nobody has that address, or the last owner
     */
    public Roles without(String mail) {
        if (of(members, mail).isEmpty()) {
            throw new KarutaException("Nobody of the address " + mail + " has a role.", "See \"karuta pool roles\".");
        }
        return new Roles(others(mail));
    }

    private List<Member> others(String mail) {
        var others = new ArrayList<>(members);
        others.removeAll(of(members, mail));
        return others;
    }

    private static List<Member> of(List<Member> members, String mail) {
        return members.stream()
                .filter(member -> member.person().mail().equals(mail))
                .toList();
    }

    /** Whose key it is. */
    Optional<Member> of(SshKey key) {
        return members.stream().filter(member -> member.key().equals(key)).findAny();
    }

    /** The owners, in words. */
    String owners() {
        return members.stream()
                .filter(member -> member.role() == Role.OWNER)
                .map(member -> member.person() + " " + member.key().fingerprint())
                .collect(Collectors.joining(", "));
    }

    /** The change that writes them. */
    public Change change() {
        var text = members.stream().map(Member::line).collect(Collectors.joining("\n", HEAD, "\n"));
        return Change.NONE.put(FILE, text.getBytes(StandardCharsets.UTF_8));
    }
}
