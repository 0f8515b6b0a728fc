package karuta.bench.score;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import karuta.api.Scorer;
import karuta.bench.score.acl.MathvistaPrefetch;
import karuta.bench.score.acl.OcrbenchAcl;
import karuta.bench.score.acl.OcrbenchMean;
import karuta.bench.score.acl.SqueezeAcl;
import karuta.bench.score.anls.AnlsDocvqa;
import karuta.bench.score.anls.AnlsPrism;
import karuta.bench.score.box.BoxCoin;
import karuta.bench.score.box.BoxIou;
import karuta.bench.score.box.BoxMinigpt;
import karuta.bench.score.box.BoxPrism;
import karuta.bench.score.caption.CaptionSix;
import karuta.bench.score.caption.CaptionSplit;
import karuta.bench.score.caption.CaptionUcit;
import karuta.bench.score.caption.CiderCvit;
import karuta.bench.score.caption.CiderTextcaps;
import karuta.bench.score.choice.ChoiceCoin;
import karuta.bench.score.choice.ChoiceHide;
import karuta.bench.score.choice.ChoicePrism;
import karuta.bench.score.contain.ContainCoin;
import karuta.bench.score.contain.ContainCvit;
import karuta.bench.score.contain.ContainNext;
import karuta.bench.score.contain.VideoClvista;
import karuta.bench.score.ctb.CtbReeval;
import karuta.bench.score.ctb.CtbV1;
import karuta.bench.score.ctb.CtbV2;
import karuta.bench.score.cvit.FollowCaption;
import karuta.bench.score.cvit.FollowChoice;
import karuta.bench.score.cvit.FollowWords;
import karuta.bench.score.dcl.ContainDcl;
import karuta.bench.score.dcl.FinDcl;
import karuta.bench.score.dcl.SciDcl;
import karuta.bench.score.dcl.WordsDcl;
import karuta.bench.score.equal.EqualCoinLower;
import karuta.bench.score.equal.EqualCoinUpper;
import karuta.bench.score.equal.EqualNext;
import karuta.bench.score.equal.EqualPrismLower;
import karuta.bench.score.equal.EqualPrismUpper;
import karuta.bench.score.vqa.GqaCoin;
import karuta.bench.score.vqa.M4cTextvqa;
import karuta.bench.score.vqa.VqaFull;
import karuta.bench.score.vqa.VqaOfficial;

/** The rules of which there are golden values, by id. */
final class Rules {

    static final Map<String, Scorer> GOLDEN = new TreeMap<>(Map.ofEntries(
            Map.entry("anls.docvqa", new AnlsDocvqa()),
            Map.entry("anls.prism", new AnlsPrism()),
            Map.entry("box.coin", new BoxCoin()),
            Map.entry("box.iou", new BoxIou()),
            Map.entry("box.minigpt", new BoxMinigpt()),
            Map.entry("box.prism", new BoxPrism()),
            Map.entry("caption.split", new CaptionSplit()),
            Map.entry("choice.coin", new ChoiceCoin()),
            Map.entry("choice.hide", new ChoiceHide()),
            Map.entry("choice.prism", new ChoicePrism()),
            Map.entry("cider.cvit", new CiderCvit()),
            Map.entry("cider.textcaps", new CiderTextcaps()),
            Map.entry("contain.coin", new ContainCoin()),
            Map.entry("contain.cvit", new ContainCvit()),
            Map.entry("contain.dcl", new ContainDcl()),
            Map.entry("contain.next", new ContainNext()),
            Map.entry("ctb.reeval", new CtbReeval()),
            Map.entry("ctb.v1", new CtbV1()),
            Map.entry("ctb.v2", new CtbV2()),
            Map.entry("equal.coin-lower", new EqualCoinLower()),
            Map.entry("equal.coin-upper", new EqualCoinUpper()),
            Map.entry("equal.next", new EqualNext()),
            Map.entry("equal.prism-lower", new EqualPrismLower()),
            Map.entry("equal.prism-upper", new EqualPrismUpper()),
            Map.entry("fin.dcl", new FinDcl()),
            Map.entry("follow.cvit-caption", new FollowCaption()),
            Map.entry("follow.cvit-choice", new FollowChoice()),
            Map.entry("follow.cvit-words", new FollowWords()),
            Map.entry("gqa.coin", new GqaCoin()),
            Map.entry("m4c.textvqa", new M4cTextvqa()),
            Map.entry("mathvista.prefetch", new MathvistaPrefetch()),
            Map.entry("ocrbench.acl", new OcrbenchAcl()),
            Map.entry("ocrbench.mean", new OcrbenchMean()),
            Map.entry("sci.dcl", new SciDcl()),
            Map.entry("squeeze.acl", new SqueezeAcl()),
            Map.entry("video.clvista", new VideoClvista()),
            Map.entry("vqa.full", new VqaFull()),
            Map.entry("vqa.official", new VqaOfficial()),
            Map.entry("words.dcl", new WordsDcl())));

    /** Those that run programs which are not Karuta's. */
    static final Map<String, Supplier<Scorer>> WITH_PROGRAMS =
            Map.of("caption.six", CaptionSix::new, "caption.ucit", CaptionUcit::new);

    private Rules() {}
}
