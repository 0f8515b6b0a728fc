package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import karuta.fidelity.Deviation;
import karuta.fidelity.Finding;
import karuta.fidelity.Setting;
import karuta.fidelity.StudyFidelity.Answer;
import karuta.fidelity.Verdict;
import org.junit.jupiter.api.Test;

class StudyCheckTest {

    @Test
    void anArmIsModalPromptPerhapsWithSettingsOfItsOwn() {
        assertEquals(
                "is ModalPrompt; 3,012 numbers of the reference were met.",
                StudyCheck.words(new Answer.Compared(new Verdict(List.of(), List.of(), 3012))));
        var settings = List.of(new Setting("K, prompts used at once", 3, 1), new Setting("learning rate", 2e-4, 0.05));
        assertEquals("""
            is ModalPrompt; 3,012 numbers of the reference were met. Settings of its own:
              K, prompts used at once: 1 (the definition has 3)
              learning rate: 0.05 (the definition has 0.0002)""", StudyCheck.words(new Answer.Compared(new Verdict(List.of(), settings, 3012))));
    }

    @Test
    void orItIsToldInWhatItIsNot() {
        var finding = new Finding(Deviation.K_OFF, "of 4 learned tasks' prompts 1 are used, where K is 3.");
        assertEquals("""
            not ModalPrompt:
              K off: of 4 learned tasks' prompts 1 are used, where K is 3.
                The definition (Inference, and Training, 2): K prompts are used at once, at inference the best min(K, T), in \
            training K - 1 earlier ones and the open one.
                Let the option k reach the choice, in training and at inference.""", StudyCheck.words(new Answer.Compared(new Verdict(List.of(finding), List.of(), 0))));
    }

    @Test
    void orWhatItIs() {
        assertEquals("not ModalPrompt: it is baseline.lora.", StudyCheck.words(new Answer.Other("baseline.lora")));
    }

    @Test
    void scriptsGetTheSameAsAListOfArms() {
        var answers = new LinkedHashMap<String, Answer>();
        var setting = new Setting("K, prompts used at once", 3, 1);
        answers.put("ours", new Answer.Compared(new Verdict(List.of(), List.of(setting), 3012)));
        var finding = new Finding(Deviation.K_OFF, "of 4 learned tasks' prompts 1 are used, where K is 3.");
        answers.put("theirs", new Answer.Compared(new Verdict(List.of(finding), List.of(), 0)));
        answers.put("lora", new Answer.Other("baseline.lora"));
        assertEquals(JsonParser.parseString("""
            [
              {"arm": "ours", "modalPrompt": true, "compared": 3012, "deviations": [],
               "settings": [{"setting": "K, prompts used at once", "defined": "3", "actual": "1"}]},
              {"arm": "theirs", "modalPrompt": false, "compared": 0, "settings": [], "deviations": [{
                "deviation": "K off",
                "what": "of 4 learned tasks' prompts 1 are used, where K is 3.",
                "section": "Inference, and Training, 2",
                "definition": "K prompts are used at once, at inference the best min(K, T), in training K - 1 earlier ones and the open one.",
                "remedy": "Let the option k reach the choice, in training and at inference."}]},
              {"arm": "lora", "modalPrompt": false, "is": "baseline.lora"}
            ]"""), JsonParser.parseString(StudyCheck.json(answers)));
    }
}
