/** What a run leaves behind: JSON, Markdown, charts. */
@NullMarked
package dev.colloquy.benchmarks.report;

import org.jspecify.annotations.NullMarked;
