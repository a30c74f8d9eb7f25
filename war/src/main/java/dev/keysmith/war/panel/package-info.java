/**
 * The panel: what its pages show and do, in a package for each feature.
 *
 * <p>Beans of pages are thin: each action is one call of core. {@code page} holds what all pages
 * share, and {@code list} what all lists share.
 */
@NullMarked
package dev.keysmith.war.panel;

import org.jspecify.annotations.NullMarked;
