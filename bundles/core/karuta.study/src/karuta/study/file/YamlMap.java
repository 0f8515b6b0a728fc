package karuta.study.file;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A YAML mapping under construction; its keys keep their order. */
final class YamlMap {

    private static final CoreSchema SCHEMA = new CoreSchema();
    private static final int WIDTH = 120;

    private final List<NodeTuple> entries = new ArrayList<>();

    YamlMap put(String key, Node value) {
        entries.add(new NodeTuple(scalar(key), value));
        return this;
    }

    YamlMap put(String key, String value) {
        return put(key, scalar(value));
    }

    Node block() {
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    Node flow() {
        return new MappingNode(Tag.MAP, entries, FlowStyle.FLOW);
    }

    String text() {
        var settings = DumpSettings.builder().setSchema(SCHEMA).setWidth(WIDTH).build();
        var text = new Text();
        new Dump(settings).dumpNode(block(), text);
        return text.toString();
    }

    /** Without quotes where the value does not need them. */
    static Node scalar(String text) {
        var tag = SCHEMA.getScalarResolver().resolve(text, true);
        return new ScalarNode(tag.equals(Tag.NULL) ? Tag.STR : tag, text, ScalarStyle.PLAIN);
    }

    static Node list(List<String> texts) {
        return new SequenceNode(Tag.SEQ, texts.stream().map(YamlMap::scalar).toList(), FlowStyle.FLOW);
    }

    /** A number as people write it: no exponent, no trailing zeros. */
    static String plain(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }

    private static final class Text extends StringWriter implements StreamDataWriter {}
}
