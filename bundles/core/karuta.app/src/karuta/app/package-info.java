/** The command line: commands, progress, exit codes. */
@NullMarked
package karuta.app;

import org.jspecify.annotations.NullMarked;
