package karuta.report.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class BibliographyTest {

    @Test
    void aPaperBecomesAnEntry() {
        assertEquals(
                """
                @inproceedings{zeng2025modalprompt,
                  author = {Zeng and Zhu and Guo},
                  title = {{ModalPrompt: Towards Efficient Tuning, with Prompts}},
                  booktitle = {EMNLP},
                  year = {2025},
                }
                """,
                Bibliography.of(
                        List.of(
                                "Zeng, Zhu, Guo: ModalPrompt: Towards Efficient Tuning, with Prompts, EMNLP 2025, section 3 (fusion)")));
    }

    @Test
    void thePaperOfSeveralStrategiesStandsOnceWithItsFullestTitle() {
        assertEquals(
                """
                @inproceedings{guo2025hide,
                  author = {Guo and others},
                  title = {{HiDe-LLaVA: Hierarchical Decoupling}},
                  booktitle = {ACL},
                  year = {2025},
                }
                """,
                Bibliography.of(List.of(
                        "Guo et al.: HiDe-LLaVA, ACL 2025; details from the code, github.com/Ghy0501/HiDe-LLaVA",
                        "Guo et al.: HiDe-LLaVA: Hierarchical Decoupling, ACL 2025; details from the code, x",
                        "Guo et al.: HiDe-LLaVA, ACL 2025: its scorer")));
    }

    @Test
    void severalPapersOfOneStrategyAreSeveral() {
        var text = Bibliography.of(
                List.of("Hu, Shen: LoRA: Low-Rank Adaptation, ICLR 2022; trained in sequence as in Chen, Zhu:"
                        + " CoIN, NeurIPS 2024; online: Schwarz et al.: Progress & Compress, ICML 2018, section 3.2"));
        assertEquals(
                List.of("hu2022lora", "chen2024coin", "schwarz2018progress"),
                text.lines()
                        .filter(line -> line.startsWith("@"))
                        .map(line -> line.replaceAll(".*\\{|,", ""))
                        .toList());
        assertEquals(true, text.contains("Progress \\& Compress"), text);
    }

    @Test
    void anArchiveIsNoVenue() {
        var text = Bibliography.of(List.of("Hu, Zhou: Dynamic Prompts, arXiv 2605.10765, 2026; from its equations"));
        assertEquals("""
                @misc{hu2026dynamic,
                  author = {Hu and Zhou},
                  title = {{Dynamic Prompts}},
                  note = {arXiv 2605.10765},
                  year = {2026},
                }
                """, text);
    }

    @Test
    void whatHasAnotherFormIsANoteAndNothingIsGuessed() {
        assertEquals(
                """
                @misc{repro2026repro,
                  note = {RePro, from: Is Our Benchmark Enough?, CATS workshop at ICML 2026},
                  year = {2026},
                }
                """,
                Bibliography.of(
                        List.of(
                                "RePro, from: Is Our Benchmark Enough?, CATS workshop at ICML 2026; from its summary, without code")));
    }

    @Test
    void whatIsNoPaperIsNoEntry() {
        assertEquals("", Bibliography.of(List.of("Karuta's own", "details from the code, github.com/x")));
        assertFalse(Bibliography.of(List.of("Karuta's own, after Antol et al.: VQA, ICCV 2015"))
                .contains("Karuta"));
    }
}
