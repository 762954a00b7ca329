/** The architecture as rules that tests enforce, and the proof that each rule can fail. */
@NullMarked
package dev.colloquy.architecture;

import org.jspecify.annotations.NullMarked;
