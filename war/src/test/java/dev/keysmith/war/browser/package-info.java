/** The panel in a browser: a harness, and the tests of its pages. */
@NullMarked
package dev.keysmith.war.browser;

import org.jspecify.annotations.NullMarked;
