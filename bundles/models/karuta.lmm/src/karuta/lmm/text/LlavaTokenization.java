package karuta.lmm.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Query;
import karuta.api.Tokenization;
import karuta.api.Turn;

/** What LLaVA's tokens tell of data before it is used. */
public final class LlavaTokenization implements Tokenization {

    /** No normaliser makes more bytes of a character (NFKC: 18 characters of U+FDFA). */
    private static final int MOST_BYTES = 36;

    private final LlavaPromptTokenizer tokens;
    private final int most;
    private final boolean cuts;
    private final int first;
    private final int image;
    private final int further;
    private final int space;

    /**
     * @param tokens of the model
     * @param most tokens that the model reads at once
     * @param cuts whether longer answers are cut
     */
    public LlavaTokenization(LlavaPromptTokenizer tokens, int most, boolean cuts) {
        this.tokens = tokens;
        this.most = most;
        this.cuts = cuts;
        first = tokens.question("", 1).ids().length;
        image = tokens.question("", 2).ids().length - first;
        var two = new Query(List.of(), List.of(new Turn("", "")), "");
        var spaces = "a b c d e f g h";
        space = tokens.tokenizer().tokens(spaces).size() <= spaces.length() + 1 ? 1 : 3; // bytes of LLaMA's sign for it
        further = tokens.question(two, 0).ids().length;
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public boolean cuts() {
        return cuts;
    }

    /** Tokens are counted only where there are too many characters to be sure. */
    @Override
    public Length length(Query query, String answer, int room) {
        var bound = bound(query, answer);
        if (bound.whole() + room <= most) {
            return bound;
        }
        var text = tokens.answered(query, query.images().size(), answer);
        return new Length(text.answer(), text.ids().length - text.answer());
    }

    private Length bound(Query query, String answer) {
        var said = Stream.concat(
                        query.earlier().stream().flatMap(turn -> Stream.of(turn.question(), turn.answer())),
                        Stream.of(query.instruction()))
                .mapToInt(this::bound)
                .sum();
        var images = Math.max(0, query.images().size() - 1) * image;
        return new Length(first + images + query.earlier().size() * further + said, bound(answer) + 1);
    }

    private int bound(String text) {
        var bound = space; // may be put in front
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            bound += character == ' ' ? space : character < 0x80 ? 1 : MOST_BYTES;
        }
        return bound;
    }

    @Override
    public Set<String> special() {
        return tokens.tokenizer().special();
    }

    @Override
    public double unknown(String text) {
        var all = tokens.tokenizer().tokens(text);
        return all.isEmpty() ? 0 : all.stream().filter(Tokenizer::spelled).count() / (double) all.size();
    }

    /** Empty for rows of the embeddings that no token has. */
    @Override
    public Optional<String> word(int token) {
        return Optional.of(token)
                .filter(id -> id < tokens.tokenizer().size())
                .map(id -> tokens.tokenizer().decode(new long[] {id}, false));
    }
}
