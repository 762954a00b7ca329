/** Everything that can go wrong, as one sealed hierarchy: {@link dev.colloquy.domain.error.RuleViolation} for what a
 * caller must change, {@link dev.colloquy.domain.error.StoreFailure} for what the store could not do. */
@NullMarked
package dev.colloquy.domain.error;

import org.jspecify.annotations.NullMarked;
