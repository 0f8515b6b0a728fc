/**
 * Files under a history, kept by Eclipse JGit as a git repository that {@code git log}, {@code git merge} and {@code git push}
 * work on. What counts is the commit that HEAD names; the files in the folder are a copy of it for people.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package karuta.archive.git;
