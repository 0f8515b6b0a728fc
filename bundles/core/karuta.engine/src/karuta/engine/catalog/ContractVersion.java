package karuta.engine.catalog;

import java.util.Optional;
import java.util.regex.Pattern;
import karuta.api.Contracts;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Tells which contracts a bundle was built for: one for others would fail wherever it meets what has changed. */
final class ContractVersion {

    /** The least version of the contracts that a manifest asks for, which is what it was compiled with. */
    private static final Pattern IMPORT = Pattern.compile(
            "(?:^|,)\\s*karuta\\.api\\s*(?:;[^,\"]*(?:\"[^\"]*\"[^,\"]*)*?)?;\\s*version=\"?[\\[(]?([0-9.]+)");

    private ContractVersion() {}

    /** What is to be said of a bundle that was built for other contracts; empty if it fits, or knows no contracts. */
    static Optional<String> complaint(Bundle bundle) {
        return Optional.ofNullable(bundle.getHeaders("").get(Constants.IMPORT_PACKAGE))
                .flatMap(ContractVersion::importedBy)
                .filter(version -> !Contracts.fit(version))
                .map(version -> "was built for contracts " + Contracts.line(version) + ", these are "
                        + Contracts.line(Contracts.VERSION));
    }

    static Optional<String> importedBy(String imports) {
        var found = IMPORT.matcher(imports);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
