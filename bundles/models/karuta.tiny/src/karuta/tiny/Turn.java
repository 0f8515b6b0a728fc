package karuta.tiny;

import java.util.ArrayList;
import java.util.List;
import karuta.api.RandomStream;
import karuta.bench.cards.Axis;
import karuta.bench.cards.Convention;
import karuta.bench.cards.Directive;
import karuta.bench.cards.Question;

/**
 * A question and its answer as tokens.
 *
 * @param question without the answer marker
 * @param answer with the end token
 */
record Turn(List<Integer> question, List<Integer> answer) {

    /** How many questions have a word that is written in bytes, as a word that the vocabulary lacks would be. */
    private static final double SPELLED = 0.1;

    static Turn of(Vocabulary vocabulary, Question question, Convention convention, RandomStream draws) {
        var words = question.text().split(" ");
        var spelled = draws.uniform(0) < SPELLED ? draws.below(words.length, 1) : -1;
        var asked = new ArrayList<Integer>();
        for (var i = 0; i < words.length; i++) {
            asked.addAll(i == spelled ? vocabulary.spell(words[i]) : vocabulary.encode(words[i]));
        }
        var answer = new ArrayList<>(answer(vocabulary, question.answer(convention), convention));
        answer.add(Vocabulary.EOS);
        return new Turn(asked, answer);
    }

    private static List<Integer> answer(Vocabulary vocabulary, String text, Convention convention) {
        var words = convention.on(Axis.SPELLING) == Directive.SPELLED && Character.isLetter(text.charAt(0));
        return words ? vocabulary.spell(text) : vocabulary.encode(text);
    }
}
