# What goes wrong with tools/device ends with a sentence, status 1 and no half-written file.
include(${SOURCE}/tests/tools/run.cmake)
set(device ${BIN}/device)
set(serve -- ${BIN}/serve)
succeeds(${BIN}/draw_digits --train digits.csv --train-count 30 --test other.csv --test-count 10)
set(data --data digits.csv --quiet)

fails("no command. expected list, stream, classify, save FILE" ${device} ${serve})
fails("\"listen\" is no command. expected list" ${device} listen ${serve})
fails("save names no file. expected save FILE" ${device} save ${serve})
fails("expected one of --port PORT and -- PROGRAM" ${device} list)
fails("expected one of --port PORT and -- PROGRAM" ${device} list --port x ${serve})
fails("--speed is not an option here" ${device} list --speed 3 ${serve})
fails("no_port at 9600 baud: cannot be opened .No such file or directory.; expected the port"
  ${device} list --port ./no_port --baud 9600)
fails("digits.csv at 115200 baud: is no terminal .*; expected a serial port" ${device} list --port digits.csv)
fails("--baud is 1234; expected one of 9600, 19200" ${device} list --port digits.csv --baud 1234)
fails("missing: cannot be run; expected a program that serves" ${device} list -- ./missing)
fails("cat: no answer within 250 ms; expected a program that serves" ${device} list --wait 50 -- cat)
fails("sh: something else writes on the line .\"epoch 1/8  loss 2.3\".; expected" ${device} list --wait 400 -- sh
  -c "echo 'epoch 1/8  loss 2.3' && cat > got")
fails("sh: has ended with status 3; expected a program that serves" ${device} list -- sh -c "exit 3")
fails("sh: what comes is no frame for 2000 ms; expected the right --baud" ${device} list --wait 400 -- sh
  -c "head -c 400 ${device} | tr -cd [:cntrl:] && cat > got")

fails("no samples; expected --data FILE" ${device} stream ${serve})
fails("missing.csv: cannot be opened" ${device} stream --data missing.csv ${serve})
fails("digits.csv: has 30 samples; expected --count to be at most that" ${device} stream ${data} --count 31 ${serve})
file(WRITE ${FOLDER}/narrow.csv "1,2,3,0\n")
fails("narrow.csv: has 3 features a row; expected 64, the inputs of the network" ${device} stream --data narrow.csv ${serve})
file(READ ${FOLDER}/digits.csv rows)
string(REGEX REPLACE ",[0-9]\n" ",12\n" rows "${rows}")
file(WRITE ${FOLDER}/classes.csv "${rows}")
fails("classes.csv: sample 1: the label is 12; expected 0 to 9 for this network" ${device} stream --data classes.csv ${serve})
fails("digits.csv: would be written over another file" ${device} stream ${data} --log digits.csv ${serve})

# Images.
succeeds(${device} save float.image ${serve})
succeeds(${device} save fixed.image -- ${BIN}/serve_fixed16)
fails("fixed.image: made for another network, its fingerprint is 0x24a13d06ee366bb2; expected 0x3f642fddb686c824, \
that of the board" ${device} load fixed.image ${serve})
fails("digits.csv: is no image; expected one that was saved" ${device} load digits.csv ${serve})
file(SIZE ${FOLDER}/float.image size)
math(EXPR short "${size} - 100")
execute_process(COMMAND head -c ${short} ${FOLDER}/float.image OUTPUT_FILE ${FOLDER}/short.image)
fails("short.image: is not for .*serve: an image longer than this device's, or not as long as it says" ${device} load short.image
  ${serve})
execute_process(COMMAND sh -c "head -c 5000 float.image; printf XXXX; tail -c +5005 float.image" WORKING_DIRECTORY ${FOLDER}
  OUTPUT_FILE ${FOLDER}/damaged.image)
fails("damaged.image: was not taken over by .*serve: a damaged image; expected the CRC" ${device} load damaged.image ${serve})
fails("none/float.image: cannot be written" ${device} save none/float.image ${serve})
if(EXISTS ${FOLDER}/none)
  message(FATAL_ERROR "a file was written")
endif()

# An image of weights alone, as training tools write it, is gone on with.
succeeds(${BIN}/train_digits --train digits.csv --epochs 60 --batch 1 --rate 0.1 --quiet --out weights.hpp --image weights.image)
succeeds(${device} load weights.image classify ${data} ${serve})
if(NOT OUTPUT MATCHES "30 of 30 right")
  message(FATAL_ERROR "what was trained here is not known there:\n${OUTPUT}")
endif()
file(REMOVE_RECURSE ${FOLDER})
