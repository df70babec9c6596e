# CTest's LastTest.log in, "PASSED FAILED" out: the test cases of every program that CTest ran, out of what Catch2 and
# Node's runner say at their end. Any other test counts as one, and so does a program that dies before it says
# anything, or that CTest fails although all its cases passed.

function close_test() {
  if (!open) return
  if (!counted && ok) passed++
  else if (!ok && !cases_failed) failed++
}

/^[0-9]+\/[0-9]+ Testing: / { close_test(); open = 1; counted = 0; ok = 0; cases_failed = 0 }

/^All tests passed \(/ { match($0, / in [0-9]+ test case/); passed += substr($0, RSTART + 4) + 0; counted = 1 }

/^test cases: / {
  counted = 1
  n = split($0, part, "|")
  for (i = 2; i <= n; i++) {
    if (part[i] ~ /passed/) passed += part[i] + 0
    if (part[i] ~ /failed/) { failed += part[i] + 0; cases_failed += part[i] + 0 }
  }
}

/^(#|ℹ) pass [0-9]+$/ { passed += $3; counted = 1 }
/^(#|ℹ) fail [0-9]+$/ { failed += $3; cases_failed += $3 }

/^Test Passed\.$|^Test Pass Reason:/ { ok = 1 }

END { close_test(); print passed + 0, failed + 0 }
