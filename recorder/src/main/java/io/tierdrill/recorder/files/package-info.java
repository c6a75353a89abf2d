/** What every import does with files: looks at all paths first, and puts a finished trace in place in one step. */
package io.tierdrill.recorder.files;
