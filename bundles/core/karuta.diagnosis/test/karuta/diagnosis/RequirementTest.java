package karuta.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Equinox says, in words. */
class RequirementTest {

    private static final Map<String, List<String>> PACKAGES = Map.of("karuta.tensor", List.of("0.2.0"));
    private static final List<String> BUNDLES = List.of("karuta.api", "karuta.tensor");

    private static Finding explain(String... lines) {
        return Requirement.explain("a.jar", String.join("\n", lines), PACKAGES, BUNDLES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Import-Package: karuta.tensr; version=\"[0.2.0,1.0.0)\" | PACKAGE | nobody has the package karuta.tensr that it"
                        + " imports (did you mean karuta.tensor?)",
                "Import-Package: karuta.tensor; version=\"[0.3.0,1.0.0)\" | VERSION | it imports the package karuta.tensor in a"
                        + " version of [0.3.0,1.0.0), and here it is 0.2.0",
                "Require-Bundle: my.lab.base; bundle-version=\"2.0.0\" | REQUIREMENT | it requires the bundle my.lab.base in a"
                        + " version of 2.0.0, which is not there",
                "Require-Bundle: karuta.tensor; bundle-version=\"9.0.0\" | REQUIREMENT | in a version of 9.0.0, which is there in"
                        + " another one",
                "Require-Capability: osgi.ee; filter:=\"(&(osgi.ee=JavaSE)(version=42))\" | JAVA | it is for Java 42, and this is",
                "Require-Capability: osgi.native; native.paths:List<String>=\"a.so\" | NATIVE | none of its native libraries",
                "Require-Capability: my.thing; filter:=\"(a=b)\" | REQUIREMENT | nobody provides Require-Capability: my.thing"
            })
    void whatIsMissingIsNamed(String requirement, Fault fault, String what) {
        var told = explain("Could not resolve module: a [1]", "  Unresolved requirement: " + requirement);
        assertEquals(fault, told.fault());
        assertTrue(told.what().contains(what), told.what());
        assertEquals("a.jar", told.where());
    }

    @Test
    void ofAChainTheLastOneIsTheReason() {
        var told = explain(
                "Could not resolve module: a [1]",
                "  Unresolved requirement: Import-Package: my.lab.base",
                "    -> Export-Package: my.lab.base; bundle-symbolic-name=\"b\"",
                "       b [2]",
                "         Unresolved requirement: Import-Package: no.such.thing");
        assertTrue(told.what().contains("nobody has the package no.such.thing"), told.what());
    }

    @Test
    void anythingElseIsToldAsItIs() {
        assertTrue(explain("Uses constraint violation.").what().contains("cannot be used: Uses constraint violation."));
    }
}
