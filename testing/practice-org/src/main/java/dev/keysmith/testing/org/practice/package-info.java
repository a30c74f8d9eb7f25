/** What an org does not have: control, sign-in and the page. */
@NullMarked
package dev.keysmith.testing.org.practice;

import org.jspecify.annotations.NullMarked;
