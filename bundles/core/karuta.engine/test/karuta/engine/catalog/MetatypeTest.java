package karuta.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetatypeTest {

    /** As bnd writes it. */
    private static final String XML = """
        <?xml version="1.0" encoding="UTF-8"?>
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0" localization="l10n/x">
          <OCD id="x.Dual$Options" name="Dual" description="By image and text.">
            <AD id="lambda" type="Double" name="Lambda" description="weight &lt;of&gt; image" min="0" max="1" default="0.5"/>
            <AD id="k" type="Integer" name="K" min="1" default="3"/>
            <AD id="layers" type="Integer" cardinality="2147483647" name="Layers" default="1,2"/>
            <AD id="names" type="String" cardinality="2147483647" name="Names" default="a\\,b,c"/>
            <AD id="none" type="String" cardinality="2147483647" name="None" default=""/>
            <AD id="folder" type="String" name="Folder"/>
            <AD id="flag" type="Boolean" name="Flag" default="true"/>
            <AD id="mode" type="String" name="Mode" default="FAST">
              <Option label="fast" value="FAST"/>
              <Option label="slow" value="SLOW"/>
            </AD>
          </OCD>
          <Designate pid="dual">
            <Object ocdref="x.Dual$Options"/>
          </Designate>
        </metatype:MetaData>
        """;

    private static Optional<Metatype> read(String component) throws IOException {
        return Metatype.read(new ByteArrayInputStream(XML.getBytes(StandardCharsets.UTF_8)), component);
    }

    private static OptionType option(String name) throws IOException {
        return read("dual").orElseThrow().options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDescriptionIsFoundByTheNameOfTheComponent() throws IOException {
        assertEquals("By image and text.", read("dual").orElseThrow().description());
        assertEquals(8, read("dual").orElseThrow().options().size());
        assertTrue(read("other").isEmpty());
    }

    @Test
    void limitsDefaultsAndChoicesAreRead() throws IOException {
        assertEquals("number, from 0 to 1", option("lambda").allowed());
        assertEquals("weight <of> image", option("lambda").description());
        assertEquals(Optional.of(List.of("0.5")), option("lambda").defaults());
        assertEquals("whole number, from 1 to 2147483647", option("k").allowed());
        assertEquals("list, each whole number", option("layers").allowed());
        assertEquals(Optional.of(List.of("1", "2")), option("layers").defaults());
        assertEquals(Optional.of(List.of("a,b", "c")), option("names").defaults());
        assertEquals(Optional.of(List.of()), option("none").defaults());
        assertEquals(Optional.empty(), option("folder").defaults());
        assertEquals("one of FAST, SLOW", option("mode").allowed());
    }

    @Test
    void valuesAreTypedAndHeldToTheirLimits() throws IOException {
        assertEquals(Optional.of(0.25), option("lambda").read(List.of("0.25")));
        assertEquals(Optional.of(1.0), option("lambda").read(List.of("1")));
        assertTrue(option("lambda").read(List.of("1.01")).isEmpty());
        assertTrue(option("lambda").read(List.of("NaN")).isEmpty());
        assertEquals(Optional.of(7L), option("k").read(List.of("7")));
        assertTrue(option("k").read(List.of("0")).isEmpty());
        assertTrue(option("k").read(List.of("2.5")).isEmpty());
        assertEquals(Optional.of(false), option("flag").read(List.of("false")));
        assertTrue(option("flag").read(List.of("no")).isEmpty());
        assertEquals(Optional.of("SLOW"), option("mode").read(List.of("SLOW")));
        assertTrue(option("mode").read(List.of("slow")).isEmpty());
        assertArrayEquals(new String[] {"3", "4"}, (Object[])
                option("layers").read(List.of("3", "4")).orElseThrow());
        assertTrue(option("layers").read(List.of("3", "x")).isEmpty());
    }

    @Test
    void aDocumentTypeIsRefused() {
        var hostile = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
        var in = new ByteArrayInputStream(hostile.getBytes(StandardCharsets.UTF_8));

        assertThrows(IOException.class, () -> Metatype.read(in, "dual"));
    }
}
