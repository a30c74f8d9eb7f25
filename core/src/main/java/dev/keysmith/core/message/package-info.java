/**
 * What the server tells people, as codes with arguments; the sentences stand in the bundles of
 * {@code war}.
 */
@NullMarked
package dev.keysmith.core.message;

import org.jspecify.annotations.NullMarked;
