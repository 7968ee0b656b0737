// What train --help prints.
#pragma once

namespace tools {

inline constexpr const char* train_help =
    R"(Trains a network and writes its weights as a C++ header. tools/train/README.md has more on it.

data     --train FILE              CSV: a row of numbers and a class for each sample
         --train-images FILE --train-labels FILE    IDX, as MNIST has it
         --train-x FILE --train-y FILE              .npy, as numpy.save writes it
         --train-folder FOLDER     a folder of PGM, PPM or BMP images for each class; or of WAV files, of which the FrontEnd in
                                   the network's model.hpp makes features
         --test… likewise          for the final figures, the log and the plot
         --label COLUMN            of the class in CSV: first, last, none, a number from 1 or a name of the first row (last)
         --target COLUMNS          to learn numbers: columns of CSV such as 3,4 or width,height; y for .npy; input for the
                                   inputs themselves
         --missing mean|drop       a missing number becomes its column's mean, or the row of it or of a missing class is left
                                   out (refused)
         --count N                 of the training data, the first N (all)
         --validation FRACTION     of the training data set aside (0)
         --normalize auto|none|scale|standard    stored with the weights: scale divides by the largest, standard brings each
                                   column to mean 0, deviation 1; auto is scale for images and signals, else standard
         --normalize-target auto|none|scale|standard|unit    unit brings to 0 … 1, auto does so before Sigmoid and Tanh
         --shift PIXELS            moves each image at random by up to so many pixels (0)
         --shift-time MS           moves each sound at random by up to so much, earlier or later (0)
         --gain DB                 makes each sound louder or softer by up to so much (0)
         --noise FOLDER --snr DB   adds a piece of one of the WAV files there to each sound, this far below it; or LOW,HIGH
length   --epochs N (10)  or  --iterations N    of one batch each
         --patience N              ends after N epochs without a better validation loss, keeps the best (off)
learning --batch N (32)  --seed N (1)  --rate R (0.1)  --decay L2 (0)
         --batch-norm batch|running    a BatchNorm learns by the statistics of its batch, or by those of inference (batch; one
                                   sample at a time, as a device has them, it is running)
         --optimizer sgd|momentum|nesterov|rmsprop|adam (sgd)  --momentum M (0.9)
         --schedule constant|step|cosine|plateau (constant)
         --step-epochs N (10)  --step-factor F (0.1)
         --plateau-epochs N (5)    without a better loss, of validation data if there are any; the rate is then multiplied by
         --plateau-factor F (0.5)  --restart   and learning goes on from the best weights
         --warmup N                iterations in which the rate rises to its value (0)
         --clip-norm L  --clip-value V    the longest gradient, and the largest element of it (unlimited)
         --class-weights balanced|A,B,…   how much a sample of each class counts; balanced: samples / (classes · samples of it)
         --threads N (1)           that share each batch; the result is the same for every N, bit for bit
         --label-smoothing E       of what a class is given, shared by all classes (0)
         --quantize int8           goes on through the rounding of int8, so that quantize_… loses little (for a trainer made with
                                   INT8); writes the float weights behind it, and to the image the ranges of what is computed
         --quantize-share PART     for so many iterations, of those before (0.5)
         --quantize-rate F         with the rate and its schedule anew, times this (0.03)
         --initializer he|glorot (he)
         --start IMAGE             goes on from an image's parameters and normalization  --freeze N   leading layers
results  --out FILE.hpp            the weights header     --name NAMESPACE
         --for-training            the header keeps each BatchNorm, for a device that learns on; else it is for inference,
                                   with each worked into the layer before it
         --image FILE              the parameter image, always as the network was trained
         --log FILE.csv  --plot FILE.svg    loss and accuracy, or RMSE, in the course of training
         --log-every N             iterations between the log's rows (an epoch)
         --log-samples N           for each row, the first N of the training and of the test data (10000 and all)
         --confusion               prints the confusion matrix with precision and recall     --quiet
         --strict                  no results, and status 1, if there is a warning
instead  --seeds N                 trains with N seeds, on all cores of this machine: mean and deviation
         --folds N                 cross-validation: each N-th of the rows is left out once; mean and deviation
         --find-rate               raises the rate from batch to batch and proposes one; with --log and --plot
)";

}  // namespace tools
