/** What runs have shown, in the forms of others: LaTeX, CSV, BibTeX, TensorBoard, MLflow. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.report.export;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
